namespace Intake.Projections;

/// <summary>The statements that create the tables of a read model; they stand beside its fold and travel in the assembly.</summary>
public static class Schema
{
    /// <summary>The text of <c>schema.sql</c> in a read model's folder, e.g. <c>OperatorQueue</c>.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static string Of(string folder)
    {
        var name = $"Intake.Projections.{folder}.schema.sql";
        using var stream = typeof(Schema).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource {name} is missing; each read model has a schema.sql.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
