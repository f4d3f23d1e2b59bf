using System.Globalization;
using Intake.Domain.Calls;

namespace Intake.Host.Telephony;

/// <summary>What a line of a feed says.</summary>
public abstract record FeedLine
{
    /// <summary>Signals of a call; more than one where the line says more than one thing.</summary>
    public sealed record Signals(IReadOnlyList<CallSignal> All) : FeedLine;

    /// <summary>It says whether a phone takes calls.</summary>
    public sealed record OfPhone(PhoneSignal Signal) : FeedLine;

    /// <summary>It speaks of queues or of the server, not of a call.</summary>
    public sealed record NotOfACall : FeedLine;

    /// <summary>It cannot be used, and why.</summary>
    public sealed record Malformed(string Why) : FeedLine;
}

/// <summary>
/// Lines of the <c>queue_log</c> file that Asterisk writes: <c>epoch|callid|queue|agent|event|data...</c>, one event a line. The format is
/// described by https://docs.asterisk.org/Operation/Logging/Queue-Logs/.
/// </summary>
/// <param name="source">The name of this telephone system; with its ids of calls it names them for ever.</param>
public sealed class QueueLog(string source)
{
    private const int LongestText = 200;
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly HashSet<string> OfNoCall = new(StringComparer.Ordinal)
    {
        "PENALTY", "RINGINUSE", "CONFIGRELOAD", "QUEUESTART", "JOINEMPTY", "JOINUNAVAIL", "INFO",

        // A call that an agent made; it names no number, so that no attempt to ring back could be held against it.
        "OUTCALL",
    };

    /// <summary>Reads a line, without its end.</summary>
    public FeedLine Read(ReadOnlySpan<byte> line) => Read(ForeignText.Read(line));

    /// <inheritdoc cref="Read(ReadOnlySpan{byte})"/>
    public FeedLine Read(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var fields = line.Split('|');
        if (fields.Length < 5)
        {
            return new FeedLine.Malformed($"it has {fields.Length} of at least 5 fields between bars");
        }

        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = ForeignText.Clean(fields[i], LongestText);
        }

        if (Moment(fields[0]) is not { } at)
        {
            return new FeedLine.Malformed($"'{Shown(fields[0])}' is not a time in seconds since 1970");
        }

        var (callId, queue, agent, what, data) = (fields[1], Named(fields[2]), Named(fields[3]), fields[4], fields[5..]);
        var raw = ForeignText.Kept(line);
        if (StateSaid(what, data) is { } state)
        {
            return agent.Length == 0
                ? new FeedLine.NotOfACall()
                : new FeedLine.OfPhone(new PhoneSignal(source, Phone(agent), queue, state, at, $"{what} {At(data, 0)}".TrimEnd(), raw));
        }

        if (OfNoCall.Contains(what))
        {
            return new FeedLine.NotOfACall();
        }

        if (callId is "" or "NONE")
        {
            return new FeedLine.Malformed($"{Shown(what)} names no call");
        }

        return what switch
        {
            "DID" => Of(Signal(SignalKind.Arrived) with { To = At(data, 0) }),
            "ENTERQUEUE" => Of(Signal(SignalKind.Queued) with { From = Number(At(data, 1)), Position = Place(At(data, 2)) }),
            "RINGNOANSWER" or "RINGCANCELED" or "AGENTDUMP" => Of(Signal(SignalKind.NotAnswered)),
            "CONNECT" => Of(Signal(SignalKind.Answered)),
            "COMPLETEAGENT" => Of(Signal(SignalKind.Ended) with { Cause = "agent" }),
            "COMPLETECALLER" => Of(Signal(SignalKind.Ended) with { Cause = "caller" }),
            "ABANDON" => Of(Signal(SignalKind.Abandoned)),
            // An agent answered, and the two lines could not be put together: the caller has talked to nobody.
            "SYSCOMPAT" => Of(Signal(SignalKind.Abandoned) with { Cause = "channels incompatible" }),
            "EXITWITHTIMEOUT" => Of(Left("timeout", At(data, 2))),
            "EXITWITHKEY" => Of(Left("key " + At(data, 0), At(data, 3))),
            "EXITEMPTY" => Of(Left("empty", At(data, 2))),
            "WITHDRAW" => Of(Left($"withdrawn {At(data, 3)}".TrimEnd(), At(data, 2))),
            // The log follows the call no further than to whom it was given.
            "TRANSFER" or "BLINDTRANSFER" => Of(
                Signal(SignalKind.Transferred) with { To = At(data, 0) }, Signal(SignalKind.Ended) with { Cause = "transferred", Raw = null }),
            // To another bridge, to an application, or by a link of two channels; the log tells no number.
            "ATTENDEDTRANSFER" => Of(
                Signal(SignalKind.Transferred) with { To = At(data, 0) is "LINK" ? At(data, 2) : At(data, 1) }, Signal(SignalKind.Ended) with { Cause = "transferred", Raw = null }),
            _ => new FeedLine.Malformed($"'{Shown(what)}' is an unknown event"),
        };

        static FeedLine Of(params IReadOnlyList<CallSignal> signals) => new FeedLine.Signals(signals);

        CallSignal Signal(SignalKind kind) => new(
            source, callId, agent, kind, CallDirection.Inbound, string.Empty, string.Empty, queue, at, string.Empty, Phone(agent), Raw: raw);

        // Within the second in which it entered the queue it left it later.
        CallSignal Left(string cause, string waited) => Signal(SignalKind.Transferred) with
        {
            Cause = cause,
            OccurredAt = waited == "0" ? at.AddMilliseconds(1) : at,
        };
    }

    // Whoever is added to a queue may be paused from the start.
    private static PhoneState? StateSaid(string what, string[] data) => what switch
    {
        "ADDMEMBER" => At(data, 0) == "PAUSED" ? PhoneState.Paused : PhoneState.Available,
        "UNPAUSE" or "UNPAUSEALL" or "AGENTLOGIN" or "AGENTCALLBACKLOGIN" => PhoneState.Available,
        "PAUSE" or "PAUSEALL" => PhoneState.Paused,
        "REMOVEMEMBER" or "AGENTLOGOFF" or "AGENTCALLBACKLOGOFF" => PhoneState.Unavailable,
        _ => null,
    };

    // A member is a technology and a number, SIP/101 or Local/101@from-queue/n, or has a name of its own.
    private static string Phone(string agent) => agent.Split('/', 3) is [_, { Length: > 0 } number, ..] ? number.Split('@')[0] : agent;

    private static string Named(string field) => field == "NONE" ? string.Empty : field;

    private static int? Place(string written) =>
        int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place >= 1 ? place : null;

    private static DateTimeOffset? Moment(string epoch) =>
        decimal.TryParse(epoch, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= Latest.ToUnixTimeSeconds()
        && DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond)) is var at && at >= Earliest
            ? at
            : null;

    private static string At(string[] data, int index) => index < data.Length ? data[index] : string.Empty;

    private static string Number(string caller) => caller is "NONE" or "unknown" or "anonymous" ? string.Empty : caller;

    private static string Shown(string text) => text.Length > 30 ? text[..30] + "..." : text;
}
