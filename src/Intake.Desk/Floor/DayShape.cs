namespace Intake.Desk.Floor;

/// <summary>Stacked bars of a working day by the quarter of an hour, laid out in the units of the drawing.</summary>
public sealed record DayShape(
    IReadOnlyList<DayShape.Bar> Bars, IReadOnlyList<DayShape.Mark> Marks, IReadOnlyList<DayShape.Hour> Hours)
{
    public const double Width = 1000;
    public const double Height = 196;

    /// <summary>Where the bars begin; the axis' figures stand left of it.</summary>
    public const double Left = 60;

    private const double Top = 10;
    private const double Bottom = Height - 22;
    private const int QuartersPerHour = 4;

    public static readonly DayShape Empty = new([], [], []);

    /// <summary>A band of one interval.</summary>
    public sealed record Bar(int Series, double X, double Y, double Width, double Height, string Title);

    /// <summary>A line across, with its figure.</summary>
    public sealed record Mark(double Y, decimal Value);

    /// <summary>An hour on the axis.</summary>
    public sealed record Hour(double X, string Text);

    /// <summary>Lays the intervals out from the first busy hour, at the latest 8, to the last, at the earliest 18.</summary>
    public static DayShape Of(
        IReadOnlyList<(DateTimeOffset Start, IReadOnlyList<decimal> Bands)> day, Func<DateTimeOffset, int, decimal, string> title)
    {
        ArgumentNullException.ThrowIfNull(day);
        ArgumentNullException.ThrowIfNull(title);
        var busy = day.Where(interval => interval.Bands.Any(figure => figure > 0)).ToList();
        var first = Math.Min(8, busy.Count > 0 ? busy.Min(interval => interval.Start.Hour) : 8);
        var last = Math.Max(18, busy.Count > 0 ? busy.Max(interval => interval.Start.Hour) + 1 : 18);
        var step = (Width - Left) / ((last - first) * QuartersPerHour);
        var top = NiceTop(busy.Count > 0 ? busy.Max(interval => interval.Bands.Sum()) : 0);
        return new DayShape(
            [.. busy.SelectMany(interval => Stack(interval, first, step, top, title))],
            [.. Enumerable.Range(0, 5).Select(part => new Mark(Bottom - ((Bottom - Top) * part / 4), top * part / 4))],
            [.. Enumerable.Range(first, last - first).Select(hour => new Hour(
                Left + ((hour - first) * QuartersPerHour * step) + (step / 2), $"{hour:00}"))]);
    }

    private static IEnumerable<Bar> Stack(
        (DateTimeOffset Start, IReadOnlyList<decimal> Bands) interval, int first, double step, decimal top,
        Func<DateTimeOffset, int, decimal, string> title)
    {
        var x = Left + ((((interval.Start.Hour - first) * QuartersPerHour) + (interval.Start.Minute / 15)) * step);
        var y = Bottom;
        foreach (var (figure, band) in interval.Bands.Select((figure, band) => (figure, band)).Where(pair => pair.figure > 0))
        {
            var height = (Bottom - Top) * (double)(figure / top);
            y -= height;
            yield return new Bar(band, x + 1.5, y, step - 3, height, title(interval.Start, band, figure));
        }
    }

    // 4, 8, 20, 40, 80, 200, ...: four even steps below it.
    private static decimal NiceTop(decimal most)
    {
        var scale = 4m;
        for (var factor = 0; scale < most; factor++)
        {
            scale *= factor % 3 == 1 ? 2.5m : 2m;
        }

        return scale;
    }
}
