namespace Intake.Contracts;

/// <summary>A call as the live queue shows it.</summary>
/// <param name="Phase">
/// arrived, queued, answered (on a phone, and not taken here), connected, held, wrapUp, abandoned, unregistered (answered on a phone, over,
/// and never taken), presumedEnded, convertedToCallback, closed.
/// </param>
/// <param name="ClaimedBy">The operator who took it first; for the loser of a race, the winner.</param>
/// <param name="Assignee">Who has it now.</param>
/// <param name="ClientType">unknown, key, retail, market, horeca, regional, ownOutlet; empty until identified.</param>
/// <param name="Purpose">order, referenceInformation, complaint, other; empty until stated.</param>
/// <param name="Destination">operator, transfer, department; empty until routed.</param>
/// <param name="RoutingRule">The row of the routing table that spoke.</param>
/// <param name="AskedNow">To whom it is offered and who has not answered.</param>
/// <param name="Candidates">Clients that the number suggests.</param>
/// <param name="OrderId">The order being taken on it, or taken; empty where there is none.</param>
/// <param name="ChangedAt">Log position of the last change.</param>
/// <param name="OfferedTo">The operator at whom it rings while it waits; nobody else may take it meanwhile.</param>
/// <param name="Attempt">How many times it has rung at anybody.</param>
/// <param name="HelpWanted">With what who has it asks his colleagues to help; may be empty; null while he does not ask.</param>
/// <param name="Helpers">Who helps with it now; null as none.</param>
/// <param name="ActingFor">The absent person in whose place the assignee has it; null where he has it for himself.</param>
/// <param name="Extension">The phone that answered it; empty while none has.</param>
public sealed record QueueCall(
    string CallId, string Phase, string Direction, string FromNumber, string Queue, DateTimeOffset? QueuedAt,
    DateTimeOffset? AnsweredAt, DateTimeOffset? EndedAt, Person? ClaimedBy, Person? Assignee, string ClientId, string ClientName,
    string ClientType, string Contact, string Purpose, string Destination, string RoutingRule, Person? AskedNow,
    DateTimeOffset? AskedAt, IReadOnlyList<CallerCandidate> Candidates, string OrderId, string Result, long ChangedAt,
    Person? OfferedTo = null, DateTimeOffset? OfferedAt = null, int Attempt = 0, string? HelpWanted = null,
    DateTimeOffset? HelpAskedAt = null, IReadOnlyList<Person>? Helpers = null, Person? ActingFor = null, string Extension = "");

/// <summary>A client that a number may belong to.</summary>
public sealed record CallerCandidate(string ClientId, string ClientName, string Contact);

/// <summary>A member of staff on the floor.</summary>
/// <param name="State">offline, notReady, ready, reserved, onCall, wrapUp; the last three are derived from the call, never said.</param>
/// <param name="Reason">Why not ready.</param>
/// <param name="CallId">The call that he has, that rings at him, or that he is asked to take over; or empty.</param>
/// <param name="AfterCall">Why he will not be ready after this call; empty where he will.</param>
/// <param name="Until">When the call has rung out, or he has not answered, or the wrap-up has lasted longer than it may; null for other states.</param>
/// <param name="Extension">His phone, by his appointment; empty where he has none.</param>
public sealed record FloorPerson(
    string StaffId, string Name, string Role, string State, string Reason, DateTimeOffset Since, string CallId, long ChangedAt,
    string AfterCall = "", DateTimeOffset? Until = null, string Extension = "");

/// <summary>Stating who calls; the client is one of the candidates, found by search, or newly registered.</summary>
public sealed record IdentifyCaller(string ClientId, string Contact);

/// <summary>Stating why he calls.</summary>
public sealed record StatePurpose(string Purpose, string? Note);

/// <summary>Closing, or declining, with a result or reason.</summary>
/// <param name="Result">orderTaken, orderNotTaken, informationGiven, handedOver, callbackAgreed, complaintRecorded, wrongNumber.</param>
public sealed record CloseCall(string Result, string? Note);

/// <summary>Registering a call that was answered on a phone, is over, and that nobody took here.</summary>
/// <param name="Purpose">order, referenceInformation, complaint, other.</param>
/// <param name="Result">orderNotTaken, informationGiven, handedOver, callbackAgreed, complaintRecorded, wrongNumber; never orderTaken.</param>
/// <param name="ClientId">Left out where nobody can say who called, or for who was identified on it before.</param>
public sealed record RegisterAfterwards(string Purpose, string Result, string? ClientId, string? Contact, string? Note);

/// <summary>A reason in words.</summary>
public sealed record Because(string Reason);

/// <summary>Asking colleagues for help, in a few words; may be empty.</summary>
public sealed record AskForHelp(string? Words);

/// <summary>Changing one's presence.</summary>
/// <param name="Presence">ready, notReady, offline.</param>
public sealed record ChangePresence(string Presence, string? Reason);
