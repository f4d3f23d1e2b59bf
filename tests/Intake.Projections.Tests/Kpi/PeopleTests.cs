using Intake.Domain;
using Intake.Domain.Calls;
using Intake.Domain.Catalogue;
using Intake.Domain.Clients;
using Intake.Domain.Ordering;
using Intake.Projections.Kpi;
using static Intake.Projections.Tests.Fold;

namespace Intake.Projections.Tests.Kpi;

/// <summary>What each person did: help given is in both people's figures, and each position is credited to who put it in (A.III.22).</summary>
[Trait("Clause", "A.III.22")]
public sealed class PeopleTests
{
    private static readonly StaffRef Ana = new("ana", "Ana");
    private static readonly StaffRef Boris = new("boris", "Boris");

    [Fact]
    public void Help_is_in_the_figures_of_both_in_the_quarter_in_which_it_ended()
    {
        var rows = All(
            KpiProjection.Definition,
            new HelpJoined("c1", "h1", Ana, Boris, StaffRole.Operator, Nine.AddMinutes(14)),
            new HelpEnded("c1", "h1", Ana, Boris, HelpEnd.Left, 120_000, Nine.AddMinutes(16)),
            new HelpEnded("c2", "h2", Boris, Ana, HelpEnd.CallOver, 30_000, Nine.AddMinutes(17))).Of<PersonRow>("person");

        Assert.Equal(["2026-11-24T09:15Z|ana", "2026-11-24T09:15Z|boris"], rows.Keys.Order());
        var (ana, boris) = (rows["2026-11-24T09:15Z|ana"], rows["2026-11-24T09:15Z|boris"]);
        Assert.Equal((1, 30_000L, 1, 120_000L), (ana.HelpGiven, ana.HelpGivenMsSum, ana.HelpReceived, ana.HelpReceivedMsSum));
        Assert.Equal((1, 120_000L, 1, 30_000L), (boris.HelpGiven, boris.HelpGivenMsSum, boris.HelpReceived, boris.HelpReceivedMsSum));
    }

    [Fact]
    public void Each_position_is_credited_to_who_put_it_in_and_the_order_to_who_submitted_it()
    {
        var rows = All(
            KpiProjection.Definition, Submitted(Ana, Line("tea", 90, Ana), Line("salt", 40, Boris), Line("rice", 7.5m, null))).Of<PersonRow>("person");

        var (ana, boris) = (rows["2026-11-24T09:00Z|ana"], rows["2026-11-24T09:00Z|boris"]);
        Assert.Equal((1, 2, 97.5m, 0, 0m), (ana.Orders, ana.Lines, ana.OrderValue, ana.LinesForOthers, ana.ValueForOthers));
        Assert.Equal((0, 1, 40m, 1, 40m), (boris.Orders, boris.Lines, boris.OrderValue, boris.LinesForOthers, boris.ValueForOthers));
    }

    [Fact]
    public void Who_submits_an_order_in_which_nothing_is_his_has_the_order_and_no_value()
    {
        var boris = All(KpiProjection.Definition, Submitted(Boris, Line("tea", 90, Ana))).Of<PersonRow>("person")["2026-11-24T09:00Z|boris"];
        Assert.Equal((1, 0, 0m), (boris.Orders, boris.Lines, boris.OrderValue));
    }

    [Fact]
    public void Calls_taken_and_registered_are_his_who_took_and_registered_them()
    {
        var rows = All(
            KpiProjection.Definition,
            new CallClaimed("c1", Ana, "main", Nine, Nine, 0),
            new TransferAccepted("c1", Boris, StaffRole.Manager, Nine.AddMinutes(1)),
            new CallClosed("c1", Boris, CallPurpose.Other, CallResult.InformationGiven, "", "", Nine.AddMinutes(2), Nine, 120_000)).Of<PersonRow>("person");

        var (ana, boris) = (rows["2026-11-24T09:00Z|ana"], rows["2026-11-24T09:00Z|boris"]);
        Assert.Equal((1, 0, 0L), (ana.CallsTaken, ana.CallsRegistered, ana.HandleMsSum));
        Assert.Equal((1, 1, 120_000L), (boris.CallsTaken, boris.CallsRegistered, boris.HandleMsSum));
    }

    private static OrderLine Line(string product, decimal amount, StaffRef? by) => new(
        1, product, product, "Dry goods", "case", 1, amount, new PriceColumn("LIST", 0), 1, amount, LineOrigin.Asked, by);

    private static OrderSubmitted Submitted(StaffRef by, params IReadOnlyList<OrderLine> lines) => new(
        "o1", "c1", "r2", "Alimentara", ClientType.Retail, lines, lines.Sum(line => line.Amount), by, null, 3, 0, [], Nine, Nine.AddMinutes(4));
}
