using System.Text.RegularExpressions;
using Google.Protobuf;
using Intake.EventLog.EventStoreDb.Wire;
using Intake.EventLog.EventStoreDb.Wire.Streams;
using Of = Intake.EventLog.EventStoreDb.Wire.Streams.ReadReq.Types.Options.Types;

namespace Intake.EventLog.EventStoreDb;

/// <summary>What the server is asked to read. Of the whole log it leaves out its own events, and those of other logs, itself.</summary>
/// <param name="prefix">Before the names of this log's streams; may be empty.</param>
internal sealed class Requests(string prefix)
{
    // The server looks at so many events for one answer, and tells how far it has come after four such windows.
    private const int Window = 256;
    private const int CheckpointEvery = 4;

    // Results of projections are the only events of the server whose types do not begin with $.
    private const string NotOfTheServer = @"^(?!\$|Result$|ResultRemoved$)";

    private static readonly Empty Yes = new();

    public ReadReq Stream(StreamName stream, long fromRevision)
    {
        var options = Options(ReadReq.Types.Options.Types.ReadDirection.Forwards);
        options.Stream = new Of.StreamOptions
        {
            StreamIdentifier = new StreamIdentifier { StreamName = ByteString.CopyFromUtf8($"{prefix}{stream}") },
            Revision = (ulong)fromRevision,
        };
        options.Count = long.MaxValue;
        options.NoFilter = Yes;
        return new ReadReq { Options = options };
    }

    /// <summary>From the position on, the event there included.</summary>
    public ReadReq All(LogPosition from)
    {
        var options = Options(ReadReq.Types.Options.Types.ReadDirection.Forwards);
        options.All = At(from);
        options.Count = long.MaxValue;
        options.Filter = Filter();
        return new ReadReq { Options = options };
    }

    /// <summary>The last event of the log.</summary>
    public ReadReq Last()
    {
        var options = Options(ReadReq.Types.Options.Types.ReadDirection.Backwards);
        options.All = new Of.AllOptions { End = Yes };
        options.Count = 1;
        options.Filter = Filter();
        return new ReadReq { Options = options };
    }

    /// <summary>After the position, for ever.</summary>
    public ReadReq Following(LogPosition after)
    {
        var options = Options(ReadReq.Types.Options.Types.ReadDirection.Forwards);
        options.All = At(after);
        options.Subscription = new Of.SubscriptionOptions();
        options.Filter = Filter();
        return new ReadReq { Options = options };
    }

    private static ReadReq.Types.Options Options(Of.ReadDirection direction) => new()
    {
        ReadDirection = direction,
        ResolveLinks = false,
        UuidOption = new Of.UUIDOption { Structured = Yes },

        // The server then says at the end of a stream where it ends, which tells a whole answer from one that was cut off.
        ControlOption = new Of.ControlOption { Compatibility = 1 },
    };

    private static Of.AllOptions At(LogPosition position) => position == LogPosition.Start
        ? new Of.AllOptions { Start = Yes }
        : new Of.AllOptions { Position = new Of.Position { CommitPosition = position.Commit, PreparePosition = position.Prepare } };

    private Of.FilterOptions Filter()
    {
        var filter = new Of.FilterOptions { Max = Window, CheckpointIntervalMultiplier = CheckpointEvery };
        if (prefix.Length == 0)
            filter.EventType = new Of.FilterOptions.Types.Expression { Regex = NotOfTheServer };
        else
            filter.StreamIdentifier = new Of.FilterOptions.Types.Expression { Regex = $"^{Regex.Escape(prefix)}" };
        return filter;
    }
}
