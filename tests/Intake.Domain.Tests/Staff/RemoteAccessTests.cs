using Intake.Domain.Staff;
using static Intake.Domain.Tests.Floor;

namespace Intake.Domain.Tests.Staff;

/// <summary>Who may work outside the office, on which device, for how long, and how many clients he may read there (C6).</summary>
public sealed class RemoteAccessTests
{
    private static readonly RemotePolicy Policy = RemotePolicy.Default with { MostRequests = 2, CardsAnHour = 3, FoundAnHour = 5 };
    private static readonly DeviceRequested Requested = new("d1", Anna, "Firefox · Windows", Nine);
    private static readonly DeviceAdmitted Admitted = new("d1", Anna, Hanna, "order 7", At(60), At(3600));
    private static readonly DeviceRefused Refused = new("d1", Anna, Hanna, "not hers", At(60));
    private static readonly DeviceWithdrawn Withdrawn = new("d1", Anna, Hanna, "stolen", At(120));

    [Fact]
    [Trait("Clause", "C6")]
    public void A_device_asks_once_and_again_when_its_time_is_over()
    {
        Given().When(Request(Requested)).Then(Requested);
        Given(Requested).When(Request(Requested with { At = At(5) })).ThenNothing();
        Given(Requested, Admitted).When(Request(Requested with { At = At(3599) })).ThenNothing();
        Given(Requested, Admitted).When(Request(Requested with { At = At(3600) })).Then(Requested with { At = At(3600) });
    }

    [Fact]
    [Trait("Clause", "C6")]
    public void What_was_refused_or_withdrawn_asks_in_vain_and_that_is_kept()
    {
        Given(Requested, Refused).When(Request(Requested)).ThenRefused("device-refused");
        Given(Requested, Admitted, Withdrawn).When(Request(Requested)).ThenRefused("device-withdrawn");
    }

    [Fact]
    [Trait("Clause", "C6")]
    public void Only_the_newest_requests_of_a_person_wait()
    {
        var (second, third) = (Requested with { DeviceId = "d2", At = At(10) }, Requested with { DeviceId = "d3", At = At(20) });
        Given(Requested, second).When(Request(third)).Then(third, new DeviceRequestLapsed("d1", Anna, At(20)));
        Assert.Equal(["d2", "d3"], Given(Requested, second).After(Request(third)).State.Waiting.Select(one => one.Requested.DeviceId));
        Given(Requested, Admitted, second).When(Request(third)).Then(third);
    }

    [Fact]
    [Trait("Clause", "C6")]
    public void A_device_is_admitted_by_another_with_an_order_until_a_day_within_a_year()
    {
        Given(Requested).When(Admit()).Then(Admitted);
        Given(Requested).When(Admit(by: Anna)).ThenRefused("own-device");
        Given(Requested).When(Admit(order: " ")).ThenRefused("order-missing");
        Given(Requested).When(Admit(until: At(60))).ThenRefused("until-past");
        Given(Requested).When(Admit(until: At(60).AddDays(366))).ThenOne<DeviceAdmitted>();
        Given(Requested).When(Admit(until: At(61).AddDays(366))).ThenRefused("until-too-late");
        Given().When(Admit()).ThenRefused("device-unknown");
        Given(Requested, Admitted).When(Admit()).ThenNothing();
        Given(Requested, Admitted).When(Admit(until: At(7200))).Then(Admitted with { Until = At(7200) });
        Given(Requested, Refused).When(Admit()).ThenOne<DeviceAdmitted>();
    }

    [Fact]
    [Trait("Clause", "C6")]
    public void It_may_be_worked_on_from_its_admission_to_its_end_and_not_after_it_was_withdrawn()
    {
        Assert.False(Given(Requested).State.Admits("d1", At(61)));
        Assert.False(Given(Requested, Admitted).State.Admits("d2", At(61)));
        Assert.True(Given(Requested, Admitted).State.Admits("d1", At(3599)));
        Assert.False(Given(Requested, Admitted).State.Admits("d1", At(3600)));
        Assert.False(Given(Requested, Admitted, Withdrawn).State.Admits("d1", At(121)));
        Assert.True(Given(Requested, Admitted, Withdrawn, Admitted with { At = At(130) }).State.Admits("d1", At(131)));
    }

    [Fact]
    [Trait("Clause", "C6")]
    public void A_request_is_refused_and_a_device_withdrawn_once_with_a_reason()
    {
        Given(Requested).When(Refuse("not hers")).Then(Refused);
        Given(Requested).When(Refuse("")).ThenRefused("reason-missing");
        Given(Requested, Refused).When(Refuse("not hers")).ThenNothing();
        Given(Requested, Admitted).When(Refuse("not hers")).ThenRefused("device-not-waiting");
        Given().When(Refuse("not hers")).ThenRefused("device-unknown");
        Given(Requested, Admitted).When(Withdraw("stolen")).Then(Withdrawn);
        Given(Requested, Admitted).When(Withdraw(" ")).ThenRefused("reason-missing");
        Given(Requested, Admitted, Withdrawn).When(Withdraw("stolen")).ThenNothing();
        Given(Requested).When(Withdraw("stolen")).ThenRefused("device-not-admitted");
        Given().When(Withdraw("stolen")).ThenRefused("device-unknown");
    }

    [Fact]
    [Trait("Clause", "C6")]
    [Trait("Clause", "A.I.3")]
    public void Who_is_dismissed_keeps_no_device()
    {
        var second = Requested with { DeviceId = "d2" };
        Given(Requested, Admitted, second).When(access => RemoteAccessDecisions.WithdrawAll(access, StaffRef.System, "dismissed", At(120))).Then(
            Withdrawn with { By = StaffRef.System, Reason = "dismissed" },
            new DeviceRefused("d2", Anna, StaffRef.System, "dismissed", At(120)));
        Given(Requested, Admitted, Withdrawn).When(access => RemoteAccessDecisions.WithdrawAll(access, StaffRef.System, "dismissed", At(130))).ThenNothing();
    }

    [Theory]
    [InlineData(0, 0, 900)]
    [InlineData(0, 600, 1500)]
    [InlineData(0, 28_000, 28_800)]
    [Trait("Clause", "C6")]
    public void A_session_ends_fifteen_minutes_after_its_last_use_and_eight_hours_after_its_beginning(int begun, int used, int ends) =>
        Assert.Equal(At(ends), RemotePolicy.Default.EndOf(At(begun), At(used)));

    [Fact]
    [Trait("Clause", "C6")]
    public void No_more_clients_are_read_within_an_hour_than_may_be_and_those_that_were_read_may_be_again()
    {
        var read = new Dictionary<string, DateTimeOffset> { ["a"] = At(0), ["b"] = At(10), ["c"] = At(20) };
        var withheld = Policy.Withhold(Anna, ClientReading.Card, read, ["d"], At(30));
        Assert.Equal(new ClientsWithheld(Anna, ClientReading.Card, "d", 3, At(3600), At(30)), withheld);
        Assert.Null(Policy.Withhold(Anna, ClientReading.Card, read, ["b"], At(30)));
        Assert.Null(Policy.Withhold(Anna, ClientReading.Card, read, ["d"], At(3600)));
        Assert.NotNull(Policy.Withhold(Anna, ClientReading.Card, read, ["d"], At(3599)));
        Assert.Null(Policy.Withhold(Anna, ClientReading.List, read, ["c", "d", "e"], At(30)));
        Assert.Equal("d", Policy.Withhold(Anna, ClientReading.List, read, ["c", "d", "e", "f"], At(30))?.ClientId);
    }

    [Fact]
    [Trait("Clause", "C6")]
    public void That_clients_were_withheld_is_kept_once_for_each_form_until_more_may_be_read()
    {
        var withheld = new ClientsWithheld(Anna, ClientReading.Card, "d", 3, At(3600), At(30));
        Given().When(access => RemoteAccessDecisions.Withhold(access, withheld)).ThenRefused("clients-withheld");
        Given(withheld).When(access => RemoteAccessDecisions.Withhold(access, withheld with { At = At(3599) })).ThenNothing();
        Given(withheld).When(access => RemoteAccessDecisions.Withhold(access, withheld with { At = At(3600) })).ThenRefused("clients-withheld");
        Given(withheld).When(access => RemoteAccessDecisions.Withhold(access, withheld with { Reading = ClientReading.List })).ThenRefused("clients-withheld");
    }

    private static Func<RemoteAccess, Decision> Request(DeviceRequested request) =>
        access => RemoteAccessDecisions.Request(access, request, Policy);

    private static Func<RemoteAccess, Decision> Admit(StaffRef? by = null, string order = "order 7", DateTimeOffset? until = null) =>
        access => RemoteAccessDecisions.Admit(access, "d1", by ?? Hanna, order, until ?? At(3600), Policy, At(60));

    private static Func<RemoteAccess, Decision> Refuse(string reason) =>
        access => RemoteAccessDecisions.Refuse(access, "d1", Hanna, reason, At(60));

    private static Func<RemoteAccess, Decision> Withdraw(string reason) =>
        access => RemoteAccessDecisions.Withdraw(access, "d1", Hanna, reason, At(120));

    private static Given<RemoteAccess> Given(params IEvent[] events) => Scenario.Given(RemoteAccess.Stream, events);
}
