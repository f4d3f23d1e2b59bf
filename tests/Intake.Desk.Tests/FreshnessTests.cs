using Intake.Desk.Live;

namespace Intake.Desk.Tests;

public sealed class FreshnessTests
{
    [Theory]
    [InlineData(0.4, 0, FeedState.Live, false)]
    [InlineData(5, 0, FeedState.Live, false)]
    [InlineData(5.1, 0, FeedState.Lost, true)]
    [InlineData(0.4, 7, FeedState.Behind, true)]
    [InlineData(9, 7, FeedState.Lost, true)]
    public void A_panel_greys_above_five_seconds(double sinceHeard, double behind, FeedState state, bool stale)
    {
        var freshness = Freshness.Judge(TimeSpan.FromSeconds(sinceHeard), behind);
        Assert.Equal(state, freshness.State);
        Assert.Equal(stale, freshness.Stale);
    }

    [Fact]
    public void Before_the_first_word_it_is_connecting_and_not_stale()
    {
        var freshness = Freshness.Judge(null, 0);
        Assert.Equal(FeedState.Connecting, freshness.State);
        Assert.False(freshness.Stale);
    }
}
