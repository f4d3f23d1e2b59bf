using Intake.Domain;
using Intake.Domain.Callbacks;

namespace Intake.Application.Tests;

/// <summary>One open for a number, on however many hosts it is asked for at once: the number's stream keeps it, no read model.</summary>
public sealed class CallbackRaceTests(OpenedLog opened) : IClassFixture<OpenedLog>
{
    private static readonly TelephoneNumbers Numbers = new("MD");
    private static readonly CallbackPolicy Policy = CallbackPolicy.Default with { MostWebRequests = 1000 };

    [Fact]
    [Trait("Clause", "A.III.1")]
    public async Task Of_many_requests_for_one_number_at_once_one_opens_the_promise_and_the_others_are_merged()
    {
        const int Requests = 12;
        string[] ways = ["+37322270450", "022 270450", "0037322270450", "+373 (22) 27-04-50"];
        var answers = await Task.WhenAll(Enumerable.Range(0, Requests).Select(n => Task.Run(() => Ask(ways[n % ways.Length], $"form-{n}"))));

        Assert.All(answers, answer => Assert.IsType<Done>(answer));
        var types = await opened.Types(Callback.Stream, Numbers.LineOf(ways[0], ""));
        Assert.Equal((1, Requests - 1), (types.Count(type => type == "CallbackRequested"), types.Count(type => type == "CallbackMerged")));
    }

    [Fact]
    [Trait("Clause", "A.III.1")]
    public async Task Of_two_who_take_it_in_hand_at_once_one_does_and_the_other_learns_who()
    {
        await Ask("+37322270451", "form");
        var line = Numbers.LineOf("+37322270451", "");
        var now = Commands.Nine.AddHours(1);
        var answers = await Task.WhenAll(new[] { Commands.Anna, Commands.Boris }.Select(person => Task.Run(() => opened.Runner.Run(
            Callback.Stream, line, Commands.By(person),
            callback => CallbackWork.Lease(callback, $"{line}-1", person, StaffRole.Operator, Policy, now), CancellationToken.None))));
        var refused = Assert.Single(answers.OfType<Refused>());
        Assert.Single(answers.OfType<Done>());
        var leased = Assert.IsType<CallbackAlreadyLeased>(refused.Refusal);
        Assert.NotEqual(leased.By, leased.AttemptedBy);
    }

    [Fact]
    public async Task A_callback_is_found_by_its_place_by_its_call_and_by_the_name_that_it_had_before()
    {
        var lines = new Callbacks.CallbackLines(opened.Runner, Numbers);
        var (line, call, old) = (Numbers.LineOf("+37322270452", ""), Commands.NewId(), Commands.NewId());
        Assert.Equal(line, await lines.Holding($"{line}-3", default));

        await opened.Happened(
            Domain.Calls.Call.Stream, call,
            new Domain.Calls.CallArrived(call, "pbx", "1", Domain.Calls.CallDirection.Inbound, "022 270452", "100", Commands.Nine, "s"));
        Assert.Equal(line, await lines.Holding(call, default));

        await opened.Happened(
            Callback.Stream, old, new CallbackRequested(old, old, "022 270452", "", "", Commands.Anna, "", Commands.Nine, Commands.Nine.AddHours(1)));
        Assert.Equal(old, await lines.Holding(old, default));
        Assert.Equal("nothing", await lines.Holding("nothing", default));
    }

    private Task<CommandResult> Ask(string number, string form)
    {
        var line = Numbers.LineOf(number, form);
        var window = new CallbackWindow(Commands.Nine, Commands.Nine.AddHours(1), "Europe/Moscow");
        var request = new CallbackRequest(
            form, "", "", CallbackSource.Web, number, "", "", Commands.Anna, "main", "", "", "", "", "", window);
        return opened.Runner.Run(
            Callback.Stream, line, Commands.By(StaffRef.System), callback => CallbackRequests.Ask(callback, line, request, Policy, Commands.Nine),
            CancellationToken.None);
    }
}
