namespace Intake.EventLog;

/// <summary>
/// The name of a stream: <c>category-id</c>. The category is one camelCase word without a dash, so that
/// category projections of EventStoreDB work; the id may contain dashes.
/// </summary>
public readonly record struct StreamName
{
    /// <exception cref="ArgumentException">The category is empty or has a dash, or the id is empty.</exception>
    public StreamName(string category, string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(category);
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        if (category.Contains('-', StringComparison.Ordinal))
        {
            throw new ArgumentException($"A stream category has no dash: '{category}'.", nameof(category));
        }

        Category = category;
        Id = id;
    }

    public string Category { get; }

    public string Id { get; }

    /// <summary>Splits a stored name at its first dash.</summary>
    /// <exception cref="FormatException">There is no dash, or nothing on one side of it.</exception>
    public static StreamName Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var dash = name.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && dash < name.Length - 1
            ? new StreamName(name[..dash], name[(dash + 1)..])
            : throw new FormatException($"'{name}' is not a stream name; expected category-id.");
    }

    public override string ToString() => $"{Category}-{Id}";
}
