using System.Collections.Immutable;
using System.Globalization;

namespace Intake.Domain.Calls;

/// <summary>Whether a phone takes calls, by the telephony.</summary>
public enum PhoneState
{
    /// <summary>It is given calls.</summary>
    Available,

    /// <summary>It is a queue's, and is given none for a time.</summary>
    Paused,

    /// <summary>It is no queue's, or cannot be reached.</summary>
    Unavailable,
}

/// <summary>One canonical signal of a phone, where no call is spoken of.</summary>
/// <param name="Source">The telephony system.</param>
/// <param name="Extension">The phone, as the telephony names it.</param>
/// <param name="Queue">The queue for which it is so; empty where it is so for every one.</param>
/// <param name="OccurredAt">By the telephony's clock.</param>
/// <param name="Cause">The telephony's own word for it.</param>
/// <param name="Raw">What it said in full; null where that is not known.</param>
public sealed record PhoneSignal(
    string Source, string Extension, string Queue, PhoneState State, DateTimeOffset OccurredAt, string Cause, string? Raw = null)
{
    /// <summary>Two signals with the same identity are one, reported twice.</summary>
    public string Identity => string.Create(
        CultureInfo.InvariantCulture, $"{Queue}|{State}|{OccurredAt.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffffff}");
}

/// <summary>A fact about a phone.</summary>
public interface PhoneEvent : IEvent;

/// <summary>The telephony says whether a phone takes calls. Whose phone it is follows from the appointments.</summary>
/// <param name="State">For this queue.</param>
/// <param name="Overall">Over all its queues: who is given calls of any is available.</param>
public sealed record PhonePresenceReported(
    string PhoneId, string Source, string Extension, string Queue, PhoneState State, PhoneState Overall, string Cause, DateTimeOffset At,
    string Signal) : PhoneEvent;

/// <summary>A word of the telephony about a phone that came after a later one; kept, and changes nothing.</summary>
public sealed record LatePhonePresenceRecorded(
    string PhoneId, string Extension, string Queue, PhoneState State, string Cause, DateTimeOffset OccurredAt, string Signal) : PhoneEvent;

/// <summary>A phone, as far as its telephony has told of it.</summary>
/// <param name="Queues">What it is for each queue; the empty one stands for all while none was named.</param>
/// <param name="LastAt">The latest moment of which a signal spoke.</param>
/// <param name="Signals">Identities of the signals heard.</param>
public sealed record Phone(ImmutableDictionary<string, PhoneState> Queues, DateTimeOffset LastAt, ImmutableHashSet<string> Signals)
{
    private const string EveryQueue = "";

    /// <summary>Phone streams, and how their events become this state.</summary>
    public static readonly Aggregate<Phone> Stream = new("phone", new Phone(ImmutableDictionary<string, PhoneState>.Empty, default, []), Evolve);

    /// <summary>Hears signals of one phone in the order in which they came; what is heard twice or too late changes nothing.</summary>
    public static Decision Hear(Phone phone, string phoneId, params IReadOnlyList<PhoneSignal> signals)
    {
        ArgumentNullException.ThrowIfNull(phone);
        ArgumentNullException.ThrowIfNull(signals);
        var telling = new Telling();
        foreach (var signal in signals.Where(signal => !phone.Signals.Contains(signal.Identity)))
        {
            telling.Hear(signal.Raw);
            IEvent e = signal.OccurredAt < phone.LastAt
                ? new LatePhonePresenceRecorded(
                    phoneId, signal.Extension, signal.Queue, signal.State, signal.Cause, signal.OccurredAt, signal.Identity)
                : new PhonePresenceReported(
                    phoneId, signal.Source, signal.Extension, signal.Queue, signal.State, Overall(With(phone.Queues, signal.Queue, signal.State)),
                    signal.Cause, signal.OccurredAt, signal.Identity);
            telling.Tell(e);
            phone = Evolve(phone, e);
        }

        return telling.Decide();
    }

    private static Phone Evolve(Phone phone, IEvent @event) => @event switch
    {
        PhonePresenceReported e => new Phone(With(phone.Queues, e.Queue, e.State), e.At, phone.Signals.Add(e.Signal)),
        LatePhonePresenceRecorded e => phone with { Signals = phone.Signals.Add(e.Signal) },
        _ => phone,
    };

    // What is said of every queue is said of each that is known; what is said of one makes known which there are.
    private static ImmutableDictionary<string, PhoneState> With(ImmutableDictionary<string, PhoneState> queues, string queue, PhoneState state) =>
        queue == EveryQueue && !queues.IsEmpty
            ? queues.ToImmutableDictionary(known => known.Key, _ => state)
            : (queue == EveryQueue ? queues : queues.Remove(EveryQueue)).SetItem(queue, state);

    private static PhoneState Overall(ImmutableDictionary<string, PhoneState> queues) => queues.Values.Min();
}
