using Intake.Projections.Kpi;

namespace Intake.Projections.Tests.Kpi;

public sealed class FiguresTests
{
    private static readonly IntervalRow First = IntervalRow.Empty(Fold.Nine) with
    {
        Offered = 10,
        Answered = 7,
        AnsweredInTime = 6,
        Abandoned = 3,
        ShortAbandoned = 2,
        WaitMsSum = 70_000,
        LongestWaitMs = 30_000,
        CallsRegistered = 4,
        HandleMsSum = 480_000,
    };

    [Fact]
    public void The_service_level_leaves_short_abandons_out() => Assert.Equal(0.75, Figures.ServiceLevel(First));

    [Fact]
    public void The_other_figures_follow_their_formulas()
    {
        Assert.Equal(10, Figures.AverageSpeedOfAnswer(First));
        Assert.Equal(0.3, Figures.Abandonment(First));
        Assert.Equal(0.125, Figures.AbandonmentWithoutShort(First));
        Assert.Equal(120, Figures.HandleTime(First));
    }

    [Fact]
    public void What_is_divided_by_nothing_is_no_figure()
    {
        var onlyShort = IntervalRow.Empty(Fold.Nine) with { Offered = 2, Abandoned = 2, ShortAbandoned = 2 };

        Assert.Null(Figures.ServiceLevel(onlyShort));
        Assert.Null(Figures.AverageSpeedOfAnswer(onlyShort));
        Assert.Null(Figures.HandleTime(onlyShort));
    }

    [Fact]
    public void A_span_adds_every_count_up_and_keeps_the_longest_wait()
    {
        var numbered = Numbered(1);
        var sum = Figures.Sum([numbered, numbered with { Start = Fold.Nine.AddMinutes(15), LongestWaitMs = 5 }], Fold.Nine);

        Assert.Equal(Numbered(2) with { LongestWaitMs = numbered.LongestWaitMs }, sum);
        Assert.Equal(IntervalRow.Empty(Fold.Nine), Figures.Sum([], Fold.Nine));
    }

    private static IntervalRow Numbered(int times)
    {
        var constructor = typeof(IntervalRow).GetConstructors().MaxBy(candidate => candidate.GetParameters().Length)!;
        return (IntervalRow)constructor.Invoke([.. constructor.GetParameters().Select(object (parameter) => parameter.ParameterType switch
        {
            var type when type == typeof(DateTimeOffset) => Fold.Nine,
            var type => Convert.ChangeType(parameter.Position * times, type, provider: null),
        })]);
    }
}
