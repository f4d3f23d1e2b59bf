using System.Text.Json;
using Intake.Contracts;
using Intake.EventLog;
using Intake.EventLog.Serialisation;
using Intake.Host.Http;

namespace Intake.Host.Queries;

/// <summary>What happened, event by event, as the log keeps it.</summary>
public sealed class HistoryQueries(IEventLog log)
{
    /// <summary>The most that one answer has.</summary>
    public const int AtMost = 1000;

    /// <summary>The events of a stream, oldest first.</summary>
    public async Task<IReadOnlyList<HistoryEvent>> Of(StreamName stream, long from, int most, CancellationToken cancel)
    {
        var events = new List<HistoryEvent>();
        await foreach (var recorded in log.ReadStream(stream, from, cancel))
        {
            var envelope = EventCodec.DecodeEnvelope(recorded);
            events.Add(new HistoryEvent(
                recorded.Position.Number, stream.ToString(), recorded.Revision, recorded.Type, recorded.RecordedAt,
                new Person(envelope.Actor.Person.Id, envelope.Actor.Person.Name), Wire.Word(envelope.Actor.Role),
                envelope.CommandId.ToString(), JsonSerializer.Deserialize<JsonElement>(recorded.Data.Span),
                envelope.OnBehalfOf is { } absent ? new Person(absent.Id, absent.Name) : null, envelope.Raw));
            if (events.Count == most)
            {
                break;
            }
        }

        return events;
    }
}
