namespace Intake.EventLog.Tests;

public sealed class LogPositionTests
{
    [Fact]
    public void The_event_at_a_commit_lies_beyond_the_place_before_it()
    {
        var (before, at) = (new LogPosition(4_200, 0), new LogPosition(4_200, 4_200));
        Assert.True(before < at);
        Assert.True(before.Number < at.Number);
        Assert.Equal(4_200, at.Number);
        Assert.Equal(7, LogPosition.Of(7).Number);
        Assert.Equal(0, LogPosition.Start.Number);
    }
}
