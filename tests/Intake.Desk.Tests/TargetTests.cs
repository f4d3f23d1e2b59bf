using Intake.Desk.Floor;

namespace Intake.Desk.Tests;

public sealed class TargetTests
{
    [Theory]
    [InlineData(3, Standing.Met)]
    [InlineData(4, Standing.Watch)]
    [InlineData(7, Standing.Missed)]
    public void Calls_waiting(int waiting, Standing standing) => Assert.Equal(standing, Targets.OfWaiting(Given.Board(waiting)));

    [Theory]
    [InlineData(0, Standing.Met)]
    [InlineData(20, Standing.Met)]
    [InlineData(21, Standing.Watch)]
    [InlineData(61, Standing.Missed)]
    public void The_longest_wait_against_the_threshold(int seconds, Standing standing) =>
        Assert.Equal(standing, Targets.OfLongestWait(Given.Board(longestSeconds: seconds), Given.Nine));

    [Theory]
    [InlineData(null, Standing.None)]
    [InlineData(0.8, Standing.Met)]
    [InlineData(0.71, Standing.Watch)]
    [InlineData(0.5, Standing.Missed)]
    public void The_service_level_against_its_target(double? level, Standing standing) =>
        Assert.Equal(standing, Targets.OfServiceLevel(Given.Board(level: level).Interval));

    [Theory]
    [InlineData(1, 5, Standing.Met)]
    [InlineData(0, 0, Standing.Watch)]
    [InlineData(0, 1, Standing.Missed)]
    public void Somebody_is_ready_whenever_somebody_waits(int ready, int waiting, Standing standing) =>
        Assert.Equal(standing, Targets.OfOperators(Given.Board(waiting, ready: ready)));

    [Theory]
    [InlineData(0, Standing.Met)]
    [InlineData(1, Standing.Watch)]
    [InlineData(3, Standing.Missed)]
    public void No_callback_may_be_overdue(int overdue, Standing standing) =>
        Assert.Equal(standing, Targets.OfCallbacks(Given.Board(overdue: overdue)));

    [Theory]
    [InlineData(0, Standing.Met)]
    [InlineData(2, Standing.Watch)]
    [InlineData(4, Standing.Missed)]
    public void Every_ended_call_is_registered(int owed, Standing standing) =>
        Assert.Equal(standing, Targets.OfNotRegistered(Given.Board(notRegistered: owed)));

    [Fact]
    public void Bars_of_an_interval_stand_on_each_other_in_its_quarter()
    {
        var shape = DayShape.Of(
            [(Given.Nine.AddMinutes(15), [3m, 1m])], (start, band, figure) => FormattableString.Invariant($"{start:HH:mm} {band} {figure}"));
        Assert.Equal(2, shape.Bars.Count);
        Assert.Equal(shape.Bars[0].X, shape.Bars[1].X);
        Assert.Equal(shape.Bars[0].Y, shape.Bars[1].Y + shape.Bars[1].Height, 6);
        Assert.Equal("09:15 0 3", shape.Bars[0].Title);
        Assert.Equal(4m, shape.Marks[^1].Value);
    }
}
