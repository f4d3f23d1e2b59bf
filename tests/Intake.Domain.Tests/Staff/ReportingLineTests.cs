using Intake.Domain.Staff;
using static Intake.Domain.Tests.Floor;

namespace Intake.Domain.Tests.Staff;

/// <summary>Who leads whom, and who may give orders about whom (A.I.5).</summary>
[Trait("Clause", "A.I.5")]
public sealed class ReportingLineTests
{
    private static readonly StaffAppointed Anne = new("anna", "Anna", StaffRole.Operator, "order desk", "", "", Hanna);
    private static readonly StaffAppointed Head = new("hanna", "Hanna", StaffRole.Head, "sales support", "", "");

    [Fact]
    public void A_head_orders_about_his_own_people_and_not_about_anothers()
    {
        Assert.Null(Objection(StaffRole.Head, Hanna));
        Assert.Contains("Hanna", Objection(StaffRole.Head, Hugo)!.Refusal!.Reason, StringComparison.Ordinal);
        Assert.Equal("not-your-people", Objection(StaffRole.Head, Hugo)!.Refusal!.Code);
        Assert.Null(ReportingLine.Objection("PlanShift", Anne with { ReportsTo = null }, StaffRole.Head, Hugo));
    }

    [Theory]
    [InlineData(StaffRole.Supervisor)]
    [InlineData(StaffRole.Administrator)]
    public void Who_watches_the_floor_orders_about_everybody(StaffRole role) => Assert.Null(Objection(role, Hugo));

    [Fact]
    public void An_appointment_names_a_head_who_works_here_and_nobody_himself()
    {
        Assert.Null(ReportingLine.Objection("AppointStaff", Anne, Head));
        Assert.Null(ReportingLine.Objection("AppointStaff", Anne with { ReportsTo = null }, null));
        Assert.Equal("superior-unknown", ReportingLine.Objection("AppointStaff", Anne, null)!.Refusal!.Code);
        Assert.Equal("superior-no-head", ReportingLine.Objection("AppointStaff", Anne, Head with { Role = StaffRole.Supervisor })!.Refusal!.Code);
        Assert.Equal("superior-self", ReportingLine.Objection("AppointStaff", Head with { ReportsTo = Hanna }, Head)!.Refusal!.Code);
    }

    private static Decision? Objection(StaffRole role, StaffRef inRightOf) => ReportingLine.Objection("PlanShift", Anne, role, inRightOf);
}
