using Intake.Domain.Callbacks;
using static Intake.Domain.Tests.Callbacks.CallbackStory;
using static Intake.Domain.Tests.Floor;

namespace Intake.Domain.Tests.Callbacks;

/// <summary>Wishes by the client's clock, kept in the floor's hours by the home clock. Nine is a Tuesday in Moscow.</summary>
[Trait("Clause", "A.III.1")]
public sealed class CallbackScheduleTests
{
    [Fact]
    public void Without_a_wish_the_client_is_rung_at_once() =>
        Assert.Equal(Home(24, "10:00", "11:00"), Policy.Schedule(null, Nine.AddHours(1), Moscow));

    [Theory]
    [InlineData(24, "06:30", 24, "09:00", "10:00")]
    [InlineData(24, "19:30", 24, "19:30", "20:00")]
    [InlineData(24, "19:50", 25, "09:00", "10:00")]
    [InlineData(24, "23:00", 25, "09:00", "10:00")]
    [InlineData(28, "21:00", 30, "09:00", "10:00")]
    public void Outside_working_hours_the_next_opening_is_the_earliest(int day, string time, int rungOn, string from, string until) =>
        Assert.Equal(Home(rungOn, from, until), Policy.Schedule(null, Moment(day, time, Moscow), Moscow));

    [Fact]
    public void A_wish_is_kept_by_the_clients_clock_and_remembers_his_zone()
    {
        // Ten in Chisinau in winter is eleven in Moscow.
        var window = Policy.Schedule(Wish(25, "10:00", "12:00"), Nine, Moscow);
        Assert.Equal((Moment(25, "11:00", Moscow), Moment(25, "13:00", Moscow), "Europe/Chisinau"), (window.From, window.Until, window.Zone));
    }

    [Theory]
    [InlineData(25, "07:00", "09:00", 25, "09:00", "10:00")]
    [InlineData(25, "18:30", "21:00", 25, "19:30", "20:00")]
    [InlineData(29, "10:00", "12:00", 30, "11:00", "13:00")]
    [InlineData(24, "06:00", "07:00", 0, "", "")]
    public void A_wish_is_cut_to_working_hours_or_moved_to_the_next_day_that_has_them(
        int day, string from, string until, int rungOn, string rungFrom, string rungUntil)
    {
        var window = Policy.Schedule(Wish(day, from, until), Nine, Moscow);
        if (rungOn == 0)
        {
            // Hours that the floor never has: the first that it does have.
            Assert.Equal((Nine, Nine.AddHours(1)), (window.From, window.Until));
            return;
        }

        Assert.Equal((Moment(rungOn, rungFrom, Moscow), Moment(rungOn, rungUntil, Moscow)), (window.From, window.Until));
    }

    [Fact]
    public void A_wish_that_is_over_today_is_kept_tomorrow()
    {
        var window = Policy.Schedule(Wish(24, "10:00", "11:00"), Moment(24, "15:00", Moscow), Moscow);
        Assert.Equal(Moment(25, "11:00", Moscow), window.From);
    }

    [Fact]
    public void A_wish_that_has_begun_is_kept_in_what_is_left_of_it()
    {
        var window = Policy.Schedule(Wish(24, "10:00", "12:00"), Moment(24, "12:00", Moscow), Moscow);
        Assert.Equal((Moment(24, "12:00", Moscow), Moment(24, "13:00", Moscow)), (window.From, window.Until));
    }

    [Fact]
    public void A_floor_that_never_opens_still_owes_the_call()
    {
        var never = Policy with { Hours = Policy.Hours with { Days = new HashSet<DayOfWeek>() } };
        Assert.Equal(Nine + Policy.CallWithin, never.Schedule(Wish(25, "10:00", "12:00"), Nine, Moscow).Until);
    }

    private static CallbackWish Wish(int day, string from, string until) =>
        new(new DateOnly(2026, 11, day), Time(from), Time(until), Chisinau);

    private static CallbackWindow Home(int day, string from, string until) =>
        new(Moment(day, from, Moscow), Moment(day, until, Moscow), Moscow.Id);

    private static DateTimeOffset Moment(int day, string time, TimeZoneInfo zone) => LocalTime.At(new DateOnly(2026, 11, day), Time(time), zone);

    private static TimeOnly Time(string text) => TimeOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
