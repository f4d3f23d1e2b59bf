namespace Intake.Desk.Live;

/// <summary>Ticks once a second for everything on screen that counts, and corrects this machine's clock by the host's.</summary>
public sealed class DeskClock : IDisposable
{
    private readonly TimeProvider time;
    private readonly ITimer timer;
    private TimeSpan ahead = TimeSpan.Zero;

    public DeskClock(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        this.time = time;
        timer = time.CreateTimer(_ => Ticked?.Invoke(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    /// <summary>Once a second.</summary>
    public event Action? Ticked;

    /// <summary>Now, by the host's clock as far as it is known.</summary>
    public DateTimeOffset Now => time.GetUtcNow() + ahead;

    /// <summary>The time of day of the person at this desk.</summary>
    public DateTimeOffset Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, time.LocalTimeZone);

    /// <summary>The moment that a person at this desk means by a date and a time.</summary>
    public DateTimeOffset Moment(DateTime local) => new(local, time.LocalTimeZone.GetUtcOffset(local));

    /// <summary>The host said what time it is; differences below two seconds are the network's.</summary>
    public void Correct(DateTimeOffset hostNow)
    {
        var difference = hostNow - time.GetUtcNow();
        if ((difference - ahead).Duration() > TimeSpan.FromSeconds(2))
        {
            ahead = difference;
        }
    }

    public void Dispose() => timer.Dispose();
}
