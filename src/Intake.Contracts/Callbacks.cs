namespace Intake.Contracts;

/// <summary>A promise to ring back: always an owner and a deadline.</summary>
/// <param name="Digits">Of each number under which it was asked for.</param>
/// <param name="Owner">Who answers for it; of a queue's, the supervisor.</param>
/// <param name="Queue">The queue whose operators may ring; empty where the owner does it himself.</param>
/// <param name="Source">failedTransfer, queue, operator, web; empty in old records.</param>
/// <param name="Contact">Whom to ask for, as he named himself.</param>
/// <param name="Zone">IANA name of the client's time zone; empty where it is not known.</param>
/// <param name="NotBefore">Ring from then on.</param>
/// <param name="Deadline">And until then.</param>
/// <param name="ClientNotBefore">The same moment by the client's clock; by UTC where his zone is not known.</param>
/// <param name="ClientDeadline">The same.</param>
/// <param name="Requests">How often it was asked for while open.</param>
/// <param name="LeasedBy">Who has it in hand; null while nobody has.</param>
/// <param name="LastResult">reached, noAnswer, busy, voicemail, wrongNumber, refused, postponed; empty before the first attempt.</param>
/// <param name="BreachedAt">When the alarm was raised; it stays until the promise is closed.</param>
public sealed record CallbackRow(
    string CallbackId, string CallId, string Number, IReadOnlyList<string> Digits, string ClientId, string ClientName, Person Owner,
    string Queue, string Reason, string Source, string Contact, string Company, string Words, string Language, string Zone,
    DateTimeOffset RequestedAt, DateTimeOffset NotBefore, DateTimeOffset Deadline, DateTimeOffset ClientNotBefore,
    DateTimeOffset ClientDeadline, int Requests, Person? LeasedBy, DateTimeOffset? LeasedUntil, int Attempts, string LastResult,
    string LastNote, bool Escalated, DateTimeOffset? BreachedAt, bool Closed, string Result, bool Overdue, string OrderId, long ChangedAt);

/// <summary>When a client would like to be rung, by his own clock.</summary>
/// <param name="Zone">IANA name, such as Europe/Chisinau; the home zone where it is left out.</param>
public sealed record CallbackTime(DateOnly Day, TimeOnly From, TimeOnly Until, string? Zone);

/// <summary>An attempt to ring back.</summary>
/// <param name="Result">reached, noAnswer, busy, voicemail, wrongNumber, refused, postponed.</param>
/// <param name="OrderId">The order that came of it.</param>
/// <param name="Later">When the client wants it instead; for postponed.</param>
public sealed record RecordAttempt(string Result, string? Note, string? OrderId, CallbackTime? Later);

/// <summary>Promising the client on the line another call.</summary>
/// <param name="Number">To ring; the caller's where it is left out.</param>
/// <param name="When">As soon as may be where it is left out.</param>
public sealed record PromiseCallback(string? Number, CallbackTime? When, string? Words);

/// <summary>The call that settles a callback, and the order that came of it.</summary>
public sealed record SettleCallback(string CallId, string? OrderId);

/// <summary>Giving a callback another owner.</summary>
/// <param name="To">The id of a member of staff.</param>
public sealed record ReassignCallback(string To, string Reason);

/// <summary>What a page needs to order a call: a token, once for each form.</summary>
/// <param name="Zone">The home zone, for who names none.</param>
/// <param name="DaysAhead">So many days ahead a call may be wished for.</param>
public sealed record PublicCallbackForm(string Token, string Zone, int DaysAhead);

/// <summary>A call that a stranger orders on a web site.</summary>
/// <param name="Day">2026-11-25; left out for as soon as may be.</param>
/// <param name="Time">09:00-11:00 by the visitor's clock; left out for any.</param>
/// <param name="Zone">IANA name of the visitor's time zone.</param>
/// <param name="Language">en, ro or ru.</param>
/// <param name="Consent">Without it nobody is rung.</param>
/// <param name="Website">A field that nobody sees; leave it empty.</param>
/// <param name="Token">Of the form.</param>
public sealed record OrderedCallback(
    string? Name, string? Number, string? Company, string? Words, string? Day, string? Time, string? Zone, string? Language, bool Consent,
    string? Website, string? Token);

/// <summary>When the visitor is rung; earlier where he had asked before.</summary>
public sealed record PromisedCallback(DateTimeOffset From, DateTimeOffset Until, string Zone);
