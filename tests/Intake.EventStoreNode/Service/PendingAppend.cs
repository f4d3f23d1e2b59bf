using Intake.EventLog.EventStoreDb.Wire;
using Intake.EventLog.EventStoreDb.Wire.Streams;
using Intake.Testing.EventStoreDb.Log;

namespace Intake.Testing.EventStoreDb;

/// <summary>An append on its way from its first message to its answer.</summary>
internal sealed class PendingAppend(UUID correlation, StreamIdentifier? stream, long expected)
{
    private readonly List<ProposedEvent> events = [];
    private int answered;

    public UUID Correlation => correlation;

    public StreamIdentifier? Stream => stream;

    public string StreamName { get; } = stream?.StreamName.ToStringUtf8() ?? "";

    public long Expected => expected;

    public IReadOnlyList<ProposedEvent> Events => events;

    /// <summary>Bytes of the events' data; the server counts neither metadata nor types.</summary>
    public int Size { get; private set; }

    /// <exception cref="FormatException">An event has no id or no type.</exception>
    /// <exception cref="KeyNotFoundException">An event does not say its type or its kind of content.</exception>
    public void Add(IEnumerable<BatchAppendReq.Types.ProposedMessage> messages)
    {
        foreach (var message in messages)
        {
            var id = message.Id.ToGuid();
            var type = message.Metadata["type"];
            if (id == Guid.Empty) throw new FormatException("Empty eventId provided. (Parameter 'eventId')");
            if (type.Length == 0) throw new FormatException("Empty eventType provided. (Parameter 'eventType')");
            events.Add(new(id, type, message.Metadata["content-type"] == "application/json", message.Data, message.CustomMetadata));
            Size += message.Data.Length;
        }
    }

    /// <summary>An append is answered once.</summary>
    public bool TryAnswer() => Interlocked.Exchange(ref answered, 1) == 0;

    public BatchAppendResp AnswerTo(WriteResult result) => result.Decision switch
    {
        CommitDecision.Ok or CommitDecision.AlreadyThere => new() { Success = Success(result) },
        CommitDecision.StreamDeleted => new() { Error = AppendErrors.StreamDeleted(stream!) },
        _ => new() { Error = AppendErrors.WrongExpectedVersion(result.Revision, expected) },
    };

    private static BatchAppendResp.Types.Success Success(WriteResult result)
    {
        var success = new BatchAppendResp.Types.Success
        {
            Position = new() { CommitPosition = (ulong)result.At, PreparePosition = (ulong)result.At },
        };
        if (result.Revision < 0) success.NoStream = new();
        else success.CurrentRevision = (ulong)result.Revision;
        return success;
    }
}
