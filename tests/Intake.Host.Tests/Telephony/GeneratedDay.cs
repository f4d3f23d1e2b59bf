using System.Globalization;

namespace Intake.Host.Tests.Telephony;

/// <summary>A call of a generated day, as it was; the figures are calculated from this, the lines are written from it.</summary>
/// <param name="Entered">Seconds from the beginning of the day.</param>
/// <param name="Waited">From entering the queue to the answer, or to leaving it; seconds.</param>
/// <param name="Talked">Null where nobody answered.</param>
internal sealed record DayCall(int Entered, int Waited, int? Talked, IReadOnlyList<(int Second, string Line)> Lines);

/// <summary>A day's queue_log with a fixed seed: 85 of 100 answered, some after a phone rang out or after another queue, the others missed.</summary>
internal static class GeneratedDay
{
    public static readonly DateTimeOffset Midnight = new(2026, 11, 23, 21, 0, 0, TimeSpan.Zero);

    public static IReadOnlyList<DayCall> Calls(int count, int seed = 20261124)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(number => Call(number, random))];
    }

    /// <summary>All lines in the order of time, those of agents among them.</summary>
    public static IEnumerable<string> Lines(IEnumerable<DayCall> calls) => calls
        .SelectMany(call => call.Lines)
        .Concat(Enumerable.Range(0, 24).Select(hour => (hour * 3600, $"{At(hour * 3600)}|NONE|orders|SIP/101|{(hour % 2 == 0 ? "PAUSE|lunch" : "UNPAUSE|")}")))
        .OrderBy(line => line.Item1).Select(line => line.Item2);

    private static DayCall Call(int number, Random random)
    {
        var entered = random.Next(8 * 3600, 20 * 3600);
        var id = $"{At(entered)}.{number}";
        var agent = $"SIP/{random.Next(100, 260)}";
        List<(int, string)> lines = [Line(entered, "orders", "NONE", $"ENTERQUEUE||+3736{number:0000000}|1")];
        var (fate, second) = (random.Next(100), entered);
        if (random.Next(4) == 0)
        {
            second += random.Next(1, 16);
            lines.Add(Line(second, "orders", "SIP/99", "RINGNOANSWER|15000"));
        }

        if (fate < 10)
        {
            second += random.Next(0, 45);
            lines.Add(Line(second, "orders", "NONE", $"ABANDON|1|1|{second - entered}"));
            return new DayCall(entered, second - entered, null, lines);
        }

        if (fate < 15)
        {
            second += random.Next(20, 60);
            lines.Add(Line(second, "orders", "NONE", $"EXITWITHTIMEOUT|1|1|{second - entered}"));
            return new DayCall(entered, second - entered, null, lines);
        }

        if (fate < 20)
        {
            second += random.Next(20, 60);
            lines.Add(Line(second, "orders", "NONE", $"EXITWITHTIMEOUT|1|1|{second - entered}"));
            lines.Add(Line(second, "overflow", "NONE", $"ENTERQUEUE||+3736{number:0000000}|1"));
        }

        second += random.Next(0, 30);
        var waited = second - entered;
        lines.Add(Line(second, "orders", agent, $"CONNECT|{waited}|{id}9|4"));
        var talked = random.Next(5, 600);
        lines.Add(Line(second + talked, "orders", agent, random.Next(10) == 0
            ? $"BLINDTRANSFER|204|internal|{waited}|{talked}|1"
            : $"COMPLETECALLER|{waited}|{talked}|1"));
        return new DayCall(entered, waited, talked, lines);

        (int, string) Line(int at, string queue, string who, string what) => (at, $"{At(at)}|{id}|{queue}|{who}|{what}");
    }

    private static string At(int second) => Midnight.AddSeconds(second).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
