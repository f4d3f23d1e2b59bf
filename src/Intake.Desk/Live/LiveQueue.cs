using Intake.Contracts;

namespace Intake.Desk.Live;

/// <summary>
/// The live queue as this desk knows it: a snapshot, and the changes that follow it without a gap. A change that does not start where
/// the last one ended is not applied; the desk asks for a new snapshot instead.
/// </summary>
public sealed class LiveQueue
{
    private const string Unregistered = "unregistered";

    private readonly Dictionary<string, QueueCall> calls = [];
    private readonly Dictionary<string, FloorPerson> people = [];
    private readonly Dictionary<string, CallbackRow> callbacks = [];

    /// <summary>Of the projection that the rows came from; 0 before the first snapshot.</summary>
    public int Version { get; private set; }

    /// <summary>Log position that these rows stand at.</summary>
    public long Position { get; private set; }

    /// <summary>Calls that wait, longest first; not one that left its queue unanswered and has not come back to one.</summary>
    public IReadOnlyList<QueueCall> Waiting =>
        [.. calls.Values.Where(call => call is { Phase: "arrived", QueuedAt: null } or { Phase: "queued" or "answered" } && call.Direction == "inbound")
            .OrderBy(call => call.Phase == "answered").ThenBy(call => call.QueuedAt ?? DateTimeOffset.MaxValue)];

    /// <summary>Calls that wait and that this person may reach for: they ring at nobody else.</summary>
    public IReadOnlyList<QueueCall> WaitingFor(string staffId) =>
        [.. Waiting.Where(call => call.OfferedTo is null || call.OfferedTo.Id == staffId)];

    /// <summary>Calls that wait and do not ring at this person; what rings at him he sees by itself.</summary>
    public IReadOnlyList<QueueCall> WaitingBeside(string staffId) => [.. Waiting.Where(call => call.OfferedTo?.Id != staffId)];

    /// <summary>The waiting call that rings at this person.</summary>
    public QueueCall? RingingAt(string staffId) => Waiting.FirstOrDefault(call => call.OfferedTo?.Id == staffId);

    /// <summary>Calls that somebody has, longest first.</summary>
    public IReadOnlyList<QueueCall> InHand =>
        [.. calls.Values.Where(call => call.Phase is "connected" or "held" or "wrapUp").OrderBy(call => call.AnsweredAt)];

    /// <summary>Calls of others that help is asked for, longest asking first (A.III.22).</summary>
    public IReadOnlyList<QueueCall> AskingForHelp(string staffId) =>
        [.. InHand.Where(call => call.HelpWanted is not null && call.Assignee?.Id != staffId).OrderBy(call => call.HelpAskedAt)];

    /// <summary>Calls that were answered on this person's phone, are over, and that nobody has registered; the last first (A.III.14).</summary>
    public IReadOnlyList<QueueCall> OwedRegistrationsOf(string staffId) => Person(staffId) is { Extension: { Length: > 0 } phone }
        ? [.. calls.Values.Where(call => call.Phase == Unregistered && call.Extension == phone).OrderByDescending(call => call.EndedAt)]
        : [];

    /// <summary>Everybody on the floor, by name.</summary>
    public IReadOnlyList<FloorPerson> People => [.. people.Values.OrderBy(person => person.Name, StringComparer.CurrentCulture)];

    /// <summary>Calls offered to this person, who has not answered.</summary>
    public IReadOnlyList<QueueCall> OfferedTo(string staffId) =>
        [.. calls.Values.Where(call => call.AskedNow?.Id == staffId).OrderBy(call => call.AskedAt)];

    /// <summary>Every call that is owed, most urgent first.</summary>
    public IReadOnlyList<CallbackRow> Callbacks => [.. callbacks.Values.OrderBy(row => row.BreachedAt is null).ThenBy(row => row.Deadline)];

    /// <summary>
    /// Calls that this person may make now: what he has in hand first, then what he owes, or his queue, most urgent first.
    /// </summary>
    /// <param name="rings">He rings for the queues, as operators do.</param>
    public IReadOnlyList<CallbackRow> CallbacksOf(string staffId, bool rings) =>
    [
        .. Callbacks.Where(row => row.LeasedBy?.Id == staffId || row.Owner.Id == staffId || (rings && row.Queue.Length > 0))
            .OrderByDescending(row => row.LeasedBy?.Id == staffId),
    ];

    /// <summary>Missed calls for which this person has to answer; all of them for who watches the floor.</summary>
    public IReadOnlyList<CallbackRow> AlarmsOf(string staffId, bool watches) =>
        [.. Callbacks.Where(row => row.BreachedAt is not null && (watches || row.Owner.Id == staffId))];

    /// <summary>Calls that are owed to who is on this call: by his number, or as the client that he is.</summary>
    public IReadOnlyList<CallbackRow> CallbacksTo(QueueCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var digits = string.Concat(call.FromNumber.Where(char.IsAsciiDigit));
        return
        [
            .. Callbacks.Where(row => row.CallId != call.CallId
                && ((digits.Length > 0 && row.Digits.Contains(digits)) || (call.ClientId.Length > 0 && row.ClientId == call.ClientId))),
        ];
    }

    /// <summary>The promise to ring back that a call became.</summary>
    public CallbackRow? CallbackOf(string callId) => callbacks.Values.FirstOrDefault(row => row.CallId == callId);

    /// <summary>The call, where it is not over, or is owed a registration.</summary>
    public QueueCall? Call(string id) => calls.GetValueOrDefault(id);

    /// <summary>The person, where he is known on the floor.</summary>
    public FloorPerson? Person(string id) => people.GetValueOrDefault(id);

    /// <summary>Replaces everything by the snapshot.</summary>
    public void Apply(QueueSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        calls.Clear();
        people.Clear();
        callbacks.Clear();
        Put(snapshot.Calls, snapshot.People, snapshot.Callbacks);
        (Version, Position) = (snapshot.Version, snapshot.Position);
    }

    /// <summary>Applies what changed. A change that the snapshot contained already is passed over.</summary>
    /// <returns>False when something between is missing, or the projection is another one: ask for a snapshot.</returns>
    public bool Apply(QueueChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (change.Version == Version && change.To <= Position)
        {
            return true;
        }

        if (change.Version != Version || change.From != Position)
        {
            return false;
        }

        Put(change.Calls, change.People, change.Callbacks);
        Position = change.To;
        return true;
    }

    private void Put(IReadOnlyList<QueueCall> someCalls, IReadOnlyList<FloorPerson> somePeople, IReadOnlyList<CallbackRow> someCallbacks)
    {
        foreach (var call in someCalls)
        {
            Keep(calls, call.CallId, call, call.Phase == Unregistered
                ? call is { Direction: "inbound", Extension.Length: > 0 }
                : call.Phase is not ("abandoned" or "presumedEnded" or "convertedToCallback" or "closed"));
        }

        foreach (var person in somePeople)
        {
            people[person.StaffId] = person;
        }

        foreach (var callback in someCallbacks)
        {
            Keep(callbacks, callback.CallbackId, callback, !callback.Closed);
        }
    }

    private static void Keep<T>(Dictionary<string, T> rows, string id, T row, bool stays)
    {
        if (stays)
        {
            rows[id] = row;
        }
        else
        {
            rows.Remove(id);
        }
    }
}
