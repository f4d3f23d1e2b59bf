namespace Intake.EventLog.Copying;

/// <summary>How a copy ended.</summary>
/// <param name="Compared">Events that the target had already, each equal to the source's.</param>
/// <param name="Copied">Events that were appended to the target.</param>
/// <param name="Grown">Of all of these, the events that came to the source after the copy had begun.</param>
/// <param name="Source">Of the source, as far as it was copied.</param>
/// <param name="Target">Of all that the target held in the end, as it was read from there.</param>
public sealed record LogCopyReport(long Compared, long Copied, long Grown, LogDigest Source, LogDigest Target)
{
    /// <summary>The logs hold the same. If not, somebody else has written to the target.</summary>
    public bool Equal => Source == Target;
}

/// <summary>What a copy is at.</summary>
public enum LogCopyStage
{
    /// <summary>What the target has already is compared with the source.</summary>
    Comparing,

    /// <summary>The rest is appended to the target.</summary>
    Copying,

    /// <summary>What was appended is read from the target again.</summary>
    ReadingBack,
}

/// <summary>How far a copy is.</summary>
/// <param name="Events">Events of this stage so far.</param>
/// <param name="Position">Where the source is being read; the target while it is read back.</param>
/// <param name="Head">Where that log ended when the stage began.</param>
public sealed record LogCopyProgress(LogCopyStage Stage, long Events, LogPosition Position, LogPosition Head);
