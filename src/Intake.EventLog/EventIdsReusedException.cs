namespace Intake.EventLog;

/// <summary>
/// Event ids of this append are in the log already, but not as this append: only some of them, in another order, or in another
/// stream. Nothing was written. Whoever made the ids has a fault.
/// </summary>
public sealed class EventIdsReusedException : Exception
{
    public EventIdsReusedException()
    {
    }

    public EventIdsReusedException(string message)
        : base(message)
    {
    }

    public EventIdsReusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
