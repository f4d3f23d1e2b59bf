using System.Text.RegularExpressions;
using Intake.EventLog.EventStoreDb.Wire.Streams;

namespace Intake.Testing.EventStoreDb.Log;

/// <summary>Which events of the whole log a reader wants. Some of the server's own are never shown.</summary>
internal sealed class EventFilter
{
    public static readonly EventFilter Visible = new(_ => true);

    private readonly Func<LogRecord, bool> wanted;

    private EventFilter(Func<LogRecord, bool> wanted) => this.wanted = wanted;

    public static EventFilter From(ReadReq.Types.Options.Types.FilterOptions options) => options.FilterCase switch
    {
        ReadReq.Types.Options.Types.FilterOptions.FilterOneofCase.EventType => On(record => record.Event!.Type, options.EventType),
        ReadReq.Types.Options.Types.FilterOptions.FilterOneofCase.StreamIdentifier => On(record => record.Stream, options.StreamIdentifier),
        _ => throw Refusals.InvalidArgument(options),
    };

    public bool Admits(LogRecord record) => record.Stream != "$epoch-information" && wanted(record);

    private static EventFilter On(Func<LogRecord, string> text, ReadReq.Types.Options.Types.FilterOptions.Types.Expression expression)
    {
        if (expression.Regex.Length == 0)
            return new(record => expression.Prefix.Any(prefix => text(record).StartsWith(prefix, StringComparison.Ordinal)));
        var regex = new Regex(expression.Regex, RegexOptions.None, TimeSpan.FromSeconds(1));
        return new(record => regex.IsMatch(text(record)));
    }
}
