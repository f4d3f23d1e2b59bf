using Google.Protobuf;
using Grpc.Core;
using Intake.EventLog.EventStoreDb.Wire.Streams;
using ProposedMessage = Intake.EventLog.EventStoreDb.Wire.Streams.BatchAppendReq.Types.ProposedMessage;
using ReadOptions = Intake.EventLog.EventStoreDb.Wire.Streams.ReadReq.Types.Options;
using WriteOptions = Intake.EventLog.EventStoreDb.Wire.Streams.BatchAppendReq.Types.Options;

namespace Intake.Testing.EventStoreDb.Tests;

/// <summary>Talks to a server about one stream and writes down what it answers.</summary>
internal sealed class Conversation : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Server server;
    private AsyncDuplexStreamingCall<BatchAppendReq, BatchAppendResp>? appends;

    private Conversation(Server server) => this.server = server;

    public Transcript Transcript { get; } = new();

    public string Stream { get; } = $"wire-{Guid.NewGuid():n}";

    public static async Task<Conversation> Started() => new(await Server.Started());

    /// <summary>With a node that the test has started.</summary>
    public static Conversation With(EventStoreNode node, params (string Key, string Value)[] headers) => new(Server.Of(node, headers));

    public static WriteOptions NoStream => new() { NoStream = new() };

    public static WriteOptions Any => new() { Any = new() };

    public static WriteOptions Exists => new() { StreamExists = new() };

    public static WriteOptions After(ulong revision) => new() { StreamPosition = revision };

    public static ProposedMessage Event(string type, int size = 2) => new()
    {
        Id = new() { String = Guid.NewGuid().ToString() },
        Metadata = { ["type"] = type, ["content-type"] = "application/json" },
        Data = ByteString.CopyFrom(new byte[size]),
    };

    public static void Backwards(ReadOptions options) => options.ReadDirection = ReadOptions.Types.ReadDirection.Backwards;

    /// <summary>Only the events of streams whose name begins so.</summary>
    public static void Only(ReadOptions options, string prefix, uint window = 32, uint interval = 1) => options.Filter = new()
    {
        StreamIdentifier = new() { Prefix = { prefix } },
        Max = window,
        CheckpointIntervalMultiplier = interval,
    };

    public void Mine(ReadOptions options) => Only(options, Stream);

    /// <summary>Where an event stands, by its type.</summary>
    public ReadOptions.Types.Position At(string type, ulong plus = 0)
    {
        var position = Transcript.Position(type) + plus;
        return new() { CommitPosition = position, PreparePosition = position };
    }

    public Task Tombstone() => server.Tombstone(Stream);

    /// <summary>Appends and says the answer, and whether it was the answer to an earlier append.</summary>
    public async Task Append(string what, WriteOptions options, params ProposedMessage[] events)
    {
        options.StreamIdentifier = new() { StreamName = ByteString.CopyFromUtf8(Stream) };
        BatchAppendResp answer;
        try
        {
            answer = await Answer(new() { Options = options, ProposedMessages = { events }, IsFinal = true });
        }
        catch (RpcException refused)
        {
            Transcript.Say($"{what}: {Transcript.Of(refused)}");
            appends?.Dispose();
            appends = null;
            return;
        }
        var isNew = answer.Success is null || events.Length == 0
            || Transcript.Name(answer.Success.Position.CommitPosition, events[^1].Metadata["type"]);
        Transcript.Say($"{what}: {Transcript.Of(answer)}{(isNew ? "" : ", again")}");
    }

    /// <summary>Sends one request as it is.</summary>
    public async Task<BatchAppendResp> Answer(BatchAppendReq request)
    {
        appends ??= server.Streams.BatchAppend();
        request.CorrelationId = new() { String = Guid.NewGuid().ToString() };
        await appends.RequestStream.WriteAsync(request);
        if (!await appends.ResponseStream.MoveNext(new CancellationTokenSource(Patience).Token))
            throw new RpcException(new(StatusCode.OK, "ended without an answer"));
        Assert.Equal(request.CorrelationId, appends.ResponseStream.Current.CorrelationId);
        return appends.ResponseStream.Current;
    }

    public Task ReadStream(string what, Action<ReadOptions> ask) =>
        Read(what, new() { Stream = Named(Stream), Count = 100 }, ask);

    public Task ReadAll(string what, Action<ReadOptions> ask) => Read(what, new() { All = new(), Count = 100 }, ask);

    /// <summary>Subscribes until so many answers have come, or the server ends it.</summary>
    public Task Subscribe(string what, int answers, Action<ReadOptions> ask, Func<Task>? onceCaughtUp = null) =>
        Read(what, new() { All = new(), Subscription = new() }, ask, answers, onceCaughtUp);

    public Task SubscribeToStream(string what, int answers, Action<ReadOptions> ask, Func<Task>? onceCaughtUp = null, string? stream = null) =>
        Read(what, new() { Stream = Named(stream ?? Stream), Subscription = new() }, ask, answers, onceCaughtUp);

    /// <summary>That this, and nothing else, was said; the stream's name is written as S.</summary>
    public void Said(string expected) =>
        Assert.Equal(expected, Transcript.ToString().Replace(Stream, "S", StringComparison.Ordinal), ignoreLineEndingDifferences: true);

    public async ValueTask DisposeAsync()
    {
        appends?.Dispose();
        await server.DisposeAsync();
    }

    private static ReadOptions.Types.StreamOptions Named(string stream) =>
        new() { StreamIdentifier = new() { StreamName = ByteString.CopyFromUtf8(stream) } };

    private async Task Read(string what, ReadOptions options, Action<ReadOptions> ask, int answers = int.MaxValue, Func<Task>? onceCaughtUp = null)
    {
        options.NoFilter = new();
        options.UuidOption = new() { Structured = new() };
        options.ControlOption = new() { Compatibility = 1 };
        ask(options);
        var said = new List<string>();
        using var call = server.Streams.Read(new() { Options = options }, deadline: DateTime.UtcNow + Patience);
        try
        {
            while (said.Count < answers && await call.ResponseStream.MoveNext(default))
            {
                var answer = call.ResponseStream.Current;
                said.Add(Transcript.Of(answer));
                if (answer.ContentCase == ReadResp.ContentOneofCase.CaughtUp && onceCaughtUp is not null) await onceCaughtUp();
            }
        }
        catch (RpcException refused)
        {
            said.Add(Transcript.Of(refused));
        }
        Transcript.Say($"{what}: {string.Join(" | ", said)}".TrimEnd());
    }
}
