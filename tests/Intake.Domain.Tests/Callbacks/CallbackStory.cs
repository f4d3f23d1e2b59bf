using Intake.Domain.Callbacks;
using Intake.Domain.Staff;
using static Intake.Domain.Tests.Floor;

namespace Intake.Domain.Tests.Callbacks;

/// <summary>Promises to one number, and what people do with them.</summary>
internal static class CallbackStory
{
    public const string Line = "line";
    public const string Id = "line-1";
    public const string Number = "+37322555111";

    public static readonly CallbackPolicy Policy = CallbackPolicy.Default;
    public static readonly TimeZoneInfo Moscow = TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow");
    public static readonly TimeZoneInfo Chisinau = TimeZoneInfo.FindSystemTimeZoneById("Europe/Chisinau");

    /// <summary>From ten to eleven in the morning.</summary>
    public static readonly CallbackWindow Window = new(Nine.AddHours(1), Nine.AddHours(2), "Europe/Chisinau");

    /// <summary>Ordered on the web: a queue's, for whom the supervisor answers.</summary>
    public static readonly CallbackRequest FromWeb = new(
        "form-1", "", "", CallbackSource.Web, Number, "", "", Hugo, "main", "A.III.1 ordered on the web", "Ion", "Casa Verde", "olive oil",
        "ro", Window);

    /// <summary>Nobody of a key client's chain could take it: his own manager owes it.</summary>
    public static readonly CallbackRequest FromTransfer = FromWeb with
    {
        RequestId = "call-1",
        CallbackId = "call-1",
        CallId = "call-1",
        Source = CallbackSource.FailedTransfer,
        ClientId = "c1",
        ClientName = "Casa Verde",
        Owner = Kira,
        Queue = "",
        Window = new CallbackWindow(Nine, Nine.AddHours(1), ""),
    };

    public static StaffMember Member(StaffRef person, StaffRole role = StaffRole.Operator) =>
        new(new StaffAppointed(person.Id, person.Name, role, "sales", "", ""), Dismissed: false);

    public static Given<Callback> Given(params IEvent[] events) => Scenario.Given(Callback.Stream, events);

    public static Given<Callback> Asked(CallbackRequest request, DateTimeOffset? at = null) => Given().After(Ask(request, at));

    public static Func<Callback, Decision> Ask(CallbackRequest request, DateTimeOffset? at = null) =>
        callback => CallbackRequests.Ask(callback, Line, request, Policy, at ?? Nine);

    public static Func<Callback, Decision> Lease(StaffRef by, DateTimeOffset at, StaffRole role = StaffRole.Operator, string id = Id) =>
        callback => CallbackWork.Lease(callback, id, by, role, Policy, at);

    public static Func<Callback, Decision> Attempt(
        StaffRef by, AttemptResult result, DateTimeOffset at, CallbackWindow? later = null, string id = Id, string order = "") =>
        callback => CallbackWork.Attempt(
            callback, id, by, new AttemptReport(result, "", order, later), Hanna, Policy.Schedule(null, at, Moscow), Policy, at);
}
