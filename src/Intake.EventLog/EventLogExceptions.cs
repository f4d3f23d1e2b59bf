#pragma warning disable CA1032, RCS1194 // Thrown by the log and what copies it only, which always have something to say.
namespace Intake.EventLog;

/// <summary>The log did not do what it was asked. The message says what to do about it.</summary>
public abstract class EventLogException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The log could not answer in time; what happened to an append in flight is not known. Retry with the same event ids.</summary>
public sealed class EventLogUnavailableException(string message, Exception? inner = null) : EventLogException(message, inner);

/// <summary>The log does not let this program read or write. Nothing was written; a person must put user, password or rights right.</summary>
public sealed class EventLogAccessDeniedException(string message, Exception? inner = null) : EventLogException(message, inner);

/// <summary>
/// Event ids of this append are in its stream already, but not as this append: only some of them, or in another order.
/// Nothing was written. Whoever made the ids has a fault.
/// </summary>
public sealed class EventIdsReusedException(string message, Exception? inner = null) : EventLogException(message, inner);

/// <summary>Somebody has deleted the stream in the engine by hand, which this program never does. Nothing was written.</summary>
public sealed class StreamDeletedException(string message, Exception? inner = null) : EventLogException(message, inner);

/// <summary>The engine takes no append of this size. Nothing was written.</summary>
public sealed class AppendTooLargeException(string message, Exception? inner = null) : EventLogException(message, inner);

/// <summary>The position is none of this log: it was learned from another one, or from one that was restored to an earlier state.</summary>
public sealed class PositionNotInLogException(string message, Exception? inner = null) : EventLogException(message, inner);

/// <summary>The connection string is wrong; the message says in which part.</summary>
public sealed class EventLogConnectionException(string message, Exception? inner = null) : EventLogException(message, inner);

/// <summary>Two logs that should hold the same do not. The message names the first event that differs.</summary>
public sealed class LogsDifferException(string message, Exception? inner = null) : EventLogException(message, inner);
