using Intake.Domain.Calls;
using static Intake.Domain.Tests.Floor;

namespace Intake.Domain.Tests.Calls;

/// <summary>What a telephony tells of whether a phone takes calls.</summary>
[Trait("Clause", "B.V.5")]
public sealed class PhonePresenceTests
{
    private static readonly Given<Phone> Silent = Scenario.Given(Phone.Stream);

    [Fact]
    public void What_is_told_of_a_phone_is_kept_with_the_telephonys_own_word()
    {
        var paused = Signal(PhoneState.Paused, 10, cause: "PAUSE lunch");
        Silent.When(phone => Phone.Hear(phone, "p1", paused))
            .Then(new PhonePresenceReported("p1", "pbx", "101", "", PhoneState.Paused, PhoneState.Paused, "PAUSE lunch", At(10), paused.Identity));
    }

    [Fact]
    public void What_is_told_twice_is_one_and_what_is_told_late_is_kept_and_changes_nothing()
    {
        var (paused, late) = (Signal(PhoneState.Paused, 10), Signal(PhoneState.Available, 9));
        var told = Silent.After(phone => Phone.Hear(phone, "p1", paused, paused));
        Assert.Single(told.History);
        told.When(phone => Phone.Hear(phone, "p1", paused)).ThenNothing();
        told.When(phone => Phone.Hear(phone, "p1", late))
            .Then(new LatePhonePresenceRecorded("p1", "101", "", PhoneState.Available, "", At(9), late.Identity));
        var after = told.After(phone => Phone.Hear(phone, "p1", late));
        Assert.Equal((PhoneState.Paused, At(10)), (after.State.Queues[""], after.State.LastAt));
        after.When(phone => Phone.Hear(phone, "p1", late)).ThenNothing();
    }

    [Theory]
    [InlineData("a paused", PhoneState.Paused)]
    [InlineData("a paused, b available", PhoneState.Available)]
    [InlineData("a available, b available, a paused", PhoneState.Available)]
    [InlineData("a available, b available, a paused, b paused", PhoneState.Paused)]
    [InlineData("a unavailable, b paused", PhoneState.Paused)]
    [InlineData("a available, b available, a unavailable, b unavailable", PhoneState.Unavailable)]
    [InlineData("a available, b available, paused", PhoneState.Paused)]
    [InlineData("a available, b available, paused, b available", PhoneState.Available)]
    [InlineData("available, a unavailable", PhoneState.Unavailable)]
    public void Who_is_given_calls_of_any_of_his_queues_is_available(string story, PhoneState overall)
    {
        var signals = story.Split(", ").Select((told, second) => told.Split(' ') is [var queue, var state]
            ? Signal(Enum.Parse<PhoneState>(state, ignoreCase: true), second, queue)
            : Signal(Enum.Parse<PhoneState>(told, ignoreCase: true), second)).ToList();
        Assert.Equal(overall, Assert.IsType<PhonePresenceReported>(Silent.After(phone => Phone.Hear(phone, "p1", signals)).History[^1]).Overall);
    }

    [Fact]
    public void The_words_of_the_telephony_go_with_the_event_that_they_caused()
    {
        var decision = Phone.Hear(
            Phone.Stream.Initial, "p1", Signal(PhoneState.Paused, 10), Signal(PhoneState.Paused, 10) with { Raw = "twice" },
            Signal(PhoneState.Available, 11) with { Raw = "UNPAUSE" });
        Assert.Equal([KeyValuePair.Create(1, "UNPAUSE")], decision.Raw);
    }

    private static PhoneSignal Signal(PhoneState state, int second, string queue = "", string cause = "") => new("pbx", "101", queue, state, At(second), cause);
}
