using System.Globalization;
using Intake.EventLog;

namespace Intake.Projections.Engine;

/// <summary>A projection's live rows have gone on.</summary>
/// <param name="Name">Of the projection.</param>
/// <param name="Version">Of the projection that made the rows.</param>
/// <param name="Generation">Another one than before means other tables: what a reader has is to be read anew.</param>
/// <param name="Position">Every event up to here is in the rows.</param>
public sealed record ProjectionAdvanced(string Name, int Version, long Generation, LogPosition Position)
{
    /// <summary>The channel of NOTIFY by which other hosts hear of it.</summary>
    public const string Channel = "intake_rows";

    /// <summary>The payload of a notice: name, version, generation, commit and prepare position.</summary>
    internal string Notice => string.Create(
        CultureInfo.InvariantCulture, $"{Name} {Version} {Generation} {Position.Commit} {Position.Prepare}");

    internal static ProjectionAdvanced Of(string notice)
    {
        var parts = notice.Split(' ');
        return new ProjectionAdvanced(
            parts[0],
            int.Parse(parts[1], CultureInfo.InvariantCulture),
            long.Parse(parts[2], CultureInfo.InvariantCulture),
            new LogPosition(ulong.Parse(parts[3], CultureInfo.InvariantCulture), ulong.Parse(parts[4], CultureInfo.InvariantCulture)));
    }

    internal static ProjectionAdvanced Of(Checkpoint live) => new(live.Name, live.Version, live.Generation, live.Position);

    /// <summary>True when this is news to one who knows of the other.</summary>
    internal bool IsAfter(ProjectionAdvanced? known) =>
        known is null || Generation > known.Generation || (Generation == known.Generation && Position > known.Position);
}
