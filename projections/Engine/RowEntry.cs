namespace Intake.Projections.Engine;

/// <summary>A row in memory: as the table has it, or as it will have it after the next write.</summary>
internal sealed class RowEntry(string key)
{
    public string Key => key;

    /// <summary>Null where the table has no row with this key, or shall have none.</summary>
    public object? Row { get; set; }

    /// <summary>The number of the last event that changed the row.</summary>
    public long ChangedAt { get; set; }

    /// <summary>The table has a row with this key.</summary>
    public bool Stored { get; set; }

    /// <summary>The table does not have it like this yet.</summary>
    public bool Dirty { get; set; }
}
