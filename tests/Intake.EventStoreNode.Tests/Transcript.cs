using System.Globalization;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Intake.EventLog.EventStoreDb.Wire;
using Intake.EventLog.EventStoreDb.Wire.Streams;

namespace Intake.Testing.EventStoreDb.Tests;

/// <summary>
/// What was said over the wire, in words that are the same whenever and wherever it is said: a position is named by the type of the
/// event that stands there.
/// </summary>
internal sealed class Transcript
{
    private readonly StringBuilder lines = new();
    private readonly Dictionary<ulong, string> names = [];

    /// <summary>Names a position, if it has no name.</summary>
    /// <returns>Whether it had none.</returns>
    public bool Name(ulong position, string name) => names.TryAdd(position, name);

    /// <summary>The position that has this name.</summary>
    public ulong Position(string name) => names.First(pair => pair.Value == name).Key;

    public void Say(string line) => lines.Append(line).Append('\n');

    public override string ToString() => lines.ToString().TrimEnd('\n');

    public string Of(BatchAppendResp answer) => answer.ResultCase == BatchAppendResp.ResultOneofCase.Success
        ? Of(answer.Success)
        : $"{(StatusCode)answer.Error.Code} {answer.Error.Message} {Details(answer.Error.Details)}".TrimEnd();

    public string Of(ReadResp answer) => answer.ContentCase switch
    {
        ReadResp.ContentOneofCase.Event => Of(answer.Event),
        ReadResp.ContentOneofCase.Confirmation => "confirmed",
        ReadResp.ContentOneofCase.Checkpoint => $"checkpoint {Of(answer.Checkpoint.CommitPosition, answer.Checkpoint.PreparePosition)}",
        ReadResp.ContentOneofCase.StreamNotFound => "no stream",
        ReadResp.ContentOneofCase.FirstStreamPosition => $"first {answer.FirstStreamPosition}",
        ReadResp.ContentOneofCase.LastStreamPosition => $"last {answer.LastStreamPosition}",
        ReadResp.ContentOneofCase.CaughtUp => "caught up",
        var other => other.ToString(),
    };

    public static string Of(RpcException refusal) => refusal.StatusCode + ": " + refusal.Status.Detail + string.Concat(refusal.Trailers
        .Where(trailer => trailer.Key is not ("date" or "server" or "content-length"))
        .Select(trailer => $" [{trailer.Key}={trailer.Value}]"));

    private string Of(ulong commit, ulong prepare) => commit == prepare ? Of(commit) : $"{Of(commit)}/{Of(prepare)}";

    private string Of(ulong position) => position switch
    {
        0 => "0",
        ulong.MaxValue => "-1",
        _ => names.GetValueOrDefault(position, "elsewhere"),
    };

    private string Of(BatchAppendResp.Types.Success success)
    {
        var revision = success.CurrentRevisionOptionCase == BatchAppendResp.Types.Success.CurrentRevisionOptionOneofCase.NoStream
            ? "no stream" : string.Create(CultureInfo.InvariantCulture, $"revision {success.CurrentRevision}");
        return $"{revision} at {Of(success.Position.CommitPosition, success.Position.PreparePosition)}";
    }

    private string Of(ReadResp.Types.ReadEvent read)
    {
        var recorded = read.Event;
        var type = recorded.Metadata["type"];
        Name(recorded.CommitPosition, type);
        Assert.Equal(recorded.CommitPosition, recorded.PreparePosition);
        Assert.Equal((read.Link ?? recorded).CommitPosition, read.CommitPosition);
        return string.Create(CultureInfo.InvariantCulture, $"{recorded.StreamRevision} {type}");
    }

    private static string Details(Any details)
    {
        IMessage[] kinds =
        [
            new WrongExpectedVersion(), new AccessDenied(), new EventLog.EventStoreDb.Wire.Timeout(), new MaximumAppendSizeExceeded(),
            new Google.Protobuf.WellKnownTypes.Empty(),
        ];
        foreach (var kind in kinds)
        {
            if (!details.Is(kind.Descriptor)) continue;
            kind.MergeFrom(details.Value);
            return kind.ToString()!;
        }
        return details.TypeUrl;
    }
}
