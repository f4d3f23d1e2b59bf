namespace Intake.Domain.Callbacks;

/// <summary>A fact about a promise to ring a client back.</summary>
public interface CallbackEvent : IEvent;

/// <summary>Somebody owes this number a call by a moment.</summary>
public sealed record CallbackRequested(
    string CallbackId, string CallId, string Number, string ClientId, string ClientName, StaffRef Owner, string Reason,
    DateTimeOffset At, DateTimeOffset Deadline) : CallbackEvent;

/// <summary>The owner rang.</summary>
public sealed record CallbackAttempted(string CallbackId, StaffRef By, bool Reached, string Note, DateTimeOffset At) : CallbackEvent;

/// <summary>The promise is kept, or settled otherwise, and how.</summary>
/// <param name="Overdue">True when the deadline had passed before the client was reached.</param>
public sealed record CallbackClosed(string CallbackId, StaffRef By, string Result, bool Overdue, DateTimeOffset At) : CallbackEvent;

/// <summary>A callback: an owner and a deadline always, so that none is ever lost.</summary>
public sealed record Callback(CallbackRequested? Requested, int Attempts, bool Closed)
{
    /// <summary>Callback streams, and how their events become this state.</summary>
    public static readonly Aggregate<Callback> Stream = new("callback", new Callback(null, 0, false), (callback, @event) => @event switch
    {
        CallbackRequested e => callback with { Requested = e },
        CallbackAttempted => callback with { Attempts = callback.Attempts + 1 },
        CallbackClosed => callback with { Closed = true },
        _ => callback,
    });

    /// <summary>Asks for it once.</summary>
    public static Decision Request(Callback callback, CallbackRequested request)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return callback.Requested is null ? Decision.Accept(request) : Decision.Nothing;
    }

    /// <summary>Writes down an attempt; reaching the client closes the callback.</summary>
    public static Decision Attempt(Callback callback, string id, StaffRef by, bool reached, string note, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return callback switch
        {
            { Requested: null } => Decision.Refuse(new CommandRefused("RecordAttempt", "callback-unknown", $"There is no callback '{id}'.")),
            { Closed: true } => Decision.Refuse(new CommandRefused("RecordAttempt", "callback-closed", "This callback is closed already.")),
            { Requested: { } asked } when reached => Decision.Accept(
                new CallbackAttempted(id, by, reached, note, now), new CallbackClosed(id, by, "reached", now > asked.Deadline, now)),
            _ => Decision.Accept(new CallbackAttempted(id, by, reached, note, now)),
        };
    }
}
