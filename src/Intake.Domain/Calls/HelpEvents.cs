namespace Intake.Domain.Calls;

// Colleagues help each other at the phone and with the order (A.III.22); what was done is credited to who did it.

/// <summary>Why help ended.</summary>
public enum HelpEnd
{
    /// <summary>The helper left.</summary>
    Left,

    /// <summary>Who has the call needs it no more.</summary>
    NoLongerNeeded,

    /// <summary>The call is closed, is another's, or has become a callback.</summary>
    CallOver,

    /// <summary>The helper's appointment ended.</summary>
    Dismissed,
}

/// <summary>Who has the call asks his colleagues for help.</summary>
/// <param name="Words">With what, in his words; may be empty.</param>
public sealed record HelpAsked(string CallId, string HelpId, StaffRef By, string Words, DateTimeOffset At) : CallEvent;

/// <summary>He asks for it no more: he took it back, or the call is over, and nobody had come.</summary>
public sealed record HelpNoLongerAsked(string CallId, string HelpId, StaffRef By, DateTimeOffset At) : CallEvent;

/// <summary>A colleague is on the call, and may work on its order, until the help ends.</summary>
/// <param name="HelpId">Of the request; of its own where a supervisor or head came unasked.</param>
/// <param name="Helped">Whose call it is.</param>
public sealed record HelpJoined(
    string CallId, string HelpId, StaffRef Helped, StaffRef Helper, StaffRole Role, DateTimeOffset At) : CallEvent;

/// <summary>The colleague helps no longer; both are credited with the time.</summary>
/// <param name="HelpMs">From joining on, milliseconds, never negative.</param>
public sealed record HelpEnded(
    string CallId, string HelpId, StaffRef Helped, StaffRef Helper, HelpEnd Cause, long HelpMs, DateTimeOffset At) : CallEvent;
