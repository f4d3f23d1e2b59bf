using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Intake.Domain;
using Intake.EventLog.Serialisation.OldShapes;

namespace Intake.EventLog.Serialisation;

/// <summary>Events to bytes and back, by the registry of stored names.</summary>
public sealed class EventCodec
{
    /// <summary>As generated, with letters of every alphabet as they are: the log is UTF-8, not a web page.</summary>
    private static readonly LogJson Json =
        new(new JsonSerializerOptions(LogJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The codec over <see cref="StoredTypes.Current"/> and <see cref="Upcasters.All"/>.</summary>
    public static readonly EventCodec Default = new(StoredTypes.Current, Upcasters.All, EveryEventOfTheDomain());

    private readonly FrozenDictionary<Type, (string Name, JsonTypeInfo Json)> _byType;
    private readonly FrozenDictionary<string, ReadOldShape> _byName;
    private readonly FrozenDictionary<string, Type> _eventOfName;

    /// <exception cref="InvalidOperationException">A name or an event is registered twice, or an event of the domain is missing.</exception>
    public EventCodec(IReadOnlyList<StoredType> current, IReadOnlyList<Upcaster> old, IEnumerable<Type> required)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(old);
        RefuseTwice(current.Select(type => type.Name).Concat(old.Select(upcaster => upcaster.Name)));
        RefuseTwice(current.Select(type => type.Event.Name));
        var missing = required.FirstOrDefault(type => current.All(stored => stored.Event != type));
        if (missing is not null)
        {
            throw new InvalidOperationException($"The event {missing.Name} has no stored type name; add it to StoredTypes.");
        }

        _byType = current.ToFrozenDictionary(
            type => type.Event,
            type => (type.Name, Json.GetTypeInfo(type.Event)
                ?? throw new InvalidOperationException($"The event {type.Event.Name} is missing in LogJson.")));
        _byName = current
            .Select(type => KeyValuePair.Create(type.Name, Reader(_byType[type.Event].Json)))
            .Concat(old.Select(upcaster => KeyValuePair.Create(upcaster.Name, upcaster.Read)))
            .ToFrozenDictionary();
        _eventOfName = current.Select(type => KeyValuePair.Create(type.Name, type.Event))
            .Concat(old.Select(upcaster => KeyValuePair.Create(upcaster.Name, upcaster.Event)))
            .ToFrozenDictionary();
    }

    /// <summary>The names that this codec reads, old ones too.</summary>
    public IEnumerable<string> Names => _byName.Keys;

    /// <summary>The stored names, old ones too, that are read as one of these events.</summary>
    public IReadOnlySet<string> NamesOf(IReadOnlySet<Type> events) =>
        _eventOfName.Where(name => events.Contains(name.Value)).Select(name => name.Key).ToHashSet();

    /// <summary>An event and its envelope as bytes, under the event's stored name.</summary>
    public NewEvent Encode(Guid eventId, IEvent @event, Envelope envelope)
    {
        ArgumentNullException.ThrowIfNull(@event);
        var (name, json) = _byType[@event.GetType()];
        return new NewEvent(
            eventId, name, JsonSerializer.SerializeToUtf8Bytes(@event, json),
            JsonSerializer.SerializeToUtf8Bytes(envelope, Json.Envelope));
    }

    /// <summary>The event behind the bytes, upcast to the current version, with its place.</summary>
    /// <exception cref="UnknownEventException">No version of the program knows the name, or the bytes are not of its shape.</exception>
    public EventInLog Decode(RecordedEvent recorded) => new(DecodeEvent(recorded), recorded);

    /// <summary>The event alone, for folds that need no envelope.</summary>
    /// <exception cref="UnknownEventException">As for <see cref="Decode"/>.</exception>
    public IEvent DecodeEvent(RecordedEvent recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        if (!_byName.TryGetValue(recorded.Type, out var read))
        {
            throw new UnknownEventException(recorded, "no version of this program knows the type");
        }

        try
        {
            return read(recorded.Data.Span);
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            throw new UnknownEventException(recorded, error.Message, error);
        }
    }

    /// <summary>The envelope alone.</summary>
    /// <exception cref="UnknownEventException">The metadata are no envelope.</exception>
    public static Envelope DecodeEnvelope(RecordedEvent recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        try
        {
            return JsonSerializer.Deserialize(recorded.Metadata.Span, Json.Envelope)
                ?? throw new UnknownEventException(recorded, "the envelope is null");
        }
        catch (JsonException error)
        {
            throw new UnknownEventException(recorded, error.Message, error);
        }
    }

    private static ReadOldShape Reader(JsonTypeInfo json) => bytes =>
        (IEvent?)JsonSerializer.Deserialize(bytes, json) ?? throw new JsonException("the event is null");

    private static void RefuseTwice(IEnumerable<string> names)
    {
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Skip(1).Any()) is { } twice)
        {
            throw new InvalidOperationException($"The stored type '{twice.Key}' is registered twice.");
        }
    }

    private static IEnumerable<Type> EveryEventOfTheDomain() =>
        typeof(IEvent).Assembly.GetTypes().Where(type => type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(typeof(IEvent)));
}

/// <summary>The log holds an event that this program cannot read; it is never skipped in silence.</summary>
public sealed class UnknownEventException : Exception
{
    public UnknownEventException()
    {
    }

    public UnknownEventException(string message)
        : base(message)
    {
    }

    public UnknownEventException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public UnknownEventException(RecordedEvent recorded, string why, Exception? inner = null)
        : base($"Event '{recorded?.Type}' at position {recorded?.Position} of stream {recorded?.Stream} cannot be read: {why}.", inner)
    {
    }
}
