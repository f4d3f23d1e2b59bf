using Intake.Domain.Clients;

namespace Intake.Domain.Calls;

/// <summary>What is said of a call when it is registered: why the client called, and what came of it (A.III.14).</summary>
/// <param name="Client">Who called; null where nobody can say.</param>
/// <param name="Contact">Who spoke for him, or empty.</param>
public sealed record CallReport(CallPurpose Purpose, CallResult Result, Client? Client, string Contact, string Note);

/// <summary>When a call counts as registered, and how one that nobody took in Intake is registered afterwards (A.III.14).</summary>
public static class Registration
{
    /// <summary>What is still owed before a call has a purpose and a result that hold: <c>purpose</c>, <c>client</c>, <c>callback</c>.</summary>
    public static IReadOnlyList<string> Owed(CallPurpose? purpose, string? clientId, CallResult result, bool owesCallback)
    {
        var owed = new List<string>();
        if (purpose is null)
        {
            owed.Add("purpose");
        }

        if (clientId is null && result is CallResult.OrderTaken or CallResult.HandedOver)
        {
            owed.Add("client");
        }

        if (result == CallResult.CallbackAgreed && !owesCallback)
        {
            owed.Add("callback");
        }

        return owed;
    }

    /// <summary>
    /// Registers a call that was answered on a phone, is over, and that nobody took here. The same said again by the same person changes
    /// nothing. That an order was taken is no result of it: an order exists only where it was taken here.
    /// </summary>
    public static Decision Afterwards(Call call, StaffRef by, CallReport report, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(report);
        if (call.Phase != CallPhase.Unregistered)
        {
            return call.Registered is { } already && Says(already, by, report)
                ? Decision.Nothing
                : Decision.Refuse("RegisterAfterwards", Why(call).Code, Why(call).Reason);
        }

        if (report.Client is { Exists: false })
        {
            return Decision.Refuse("RegisterAfterwards", "client-unknown", "There is no such client. Search, or leave the client out.");
        }

        if (report.Result == CallResult.OrderTaken)
        {
            return Decision.Refuse(
                "RegisterAfterwards", "order-not-here",
                "There is no order of this call. Ring the client and take it, or choose another result.");
        }

        return Owed(report.Purpose, report.Client?.Id, report.Result, call.OwesCallback) is { Count: > 0 } owed
            ? Decision.Refuse(new CloseRefused(call.Id, owed))
            : Decision.Accept(new CallRegisteredAfterwards(
                call.Id, by, report.Purpose, report.Result, report.Client?.Id ?? string.Empty, report.Client?.Name ?? string.Empty,
                report.Client?.Type, report.Contact, report.Note, call.Phone.Queued?.At, now));
    }

    private static bool Says(CallRegisteredAfterwards already, StaffRef by, CallReport report) =>
        already.By.Id == by.Id && already.Purpose == report.Purpose && already.Result == report.Result
        && already.ClientId == (report.Client?.Id ?? string.Empty) && already.Contact == report.Contact && already.Note == report.Note;

    // What to do instead.
    private static (string Code, string Reason) Why(Call call) => call switch
    {
        { Phase: CallPhase.Unknown } => ("call-unknown", "There is no such call."),
        { Registered: { } already } => ("call-registered", $"{already.By.Name} has registered this call already."),
        { Phase: CallPhase.Closed, Assignee: { } assignee } => ("call-registered", $"{assignee.Name} has registered this call already."),
        { IsInHand: true, Assignee: { } assignee } => (
            "call-of-another", $"{assignee.Name} has this call; who has it registers it by closing it."),
        { IsRunning: true } => ("call-runs", "This call is not over. Take it, then close it with its result."),
        { Phase: CallPhase.ConvertedToCallback } => ("call-promised", "This call became a callback; what comes of that registers it."),
        _ => ("call-not-answered", "Nobody answered this call; there is nothing to register."),
    };
}
