namespace Intake.Domain.Calls;

/// <summary>Helping a colleague with his call (A.III.22). The call stays his, and so do its registration and the promise of its order.</summary>
public static class Help
{
    /// <summary>Asks the colleagues; the same request again changes nothing.</summary>
    public static Decision Ask(Call call, StaffRef by, string words, DateTimeOffset now) =>
        CallDecisions.InHandOf(call, by, "AskForHelp") ?? (call.HelpWanted is not null
            ? Decision.Nothing
            : Decision.Accept(new HelpAsked(call.Id, NextId(call), by, words, now)));

    /// <summary>Takes the request back; nothing where somebody has come already.</summary>
    public static Decision TakeBack(Call call, StaffRef by, DateTimeOffset now) =>
        CallDecisions.InHandOf(call, by, "TakeHelpBack") ?? (call.HelpWanted is { } wanted
            ? Decision.Accept(new HelpNoLongerAsked(call.Id, wanted.HelpId, by, now))
            : Decision.Nothing);

    /// <summary>
    /// Joins to help: where colleagues were asked the first who comes; a supervisor or head unasked too. Refused on a call that nobody has,
    /// on one's own, and where another was quicker.
    /// </summary>
    /// <param name="attemptId">The attempt by which his session is engaged; refused where it was given up meanwhile.</param>
    public static Decision Join(Call call, StaffRef by, StaffRole role, DateTimeOffset now, string attemptId = "")
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(by);
        return call switch
        {
            { IsInHand: true } when call.Helpers.ContainsKey(by.Id) => Decision.Nothing,
            { IsInHand: false } or { Assignee: null } => Refuse("call-not-in-hand", "Nobody is talking on this call; there is nothing to help with."),
            { Assignee: { } own } when own.Id == by.Id => Refuse("own-call", "This is your own call; ask your colleagues for help."),
            _ when call.Lapsed.Contains(attemptId) => CallDecisions.AttemptGivenUp("JoinToHelp"),
            { HelpWanted: { } wanted } => Decision.Accept(new HelpJoined(call.Id, wanted.HelpId, call.Assignee!, by, role, now)),
            _ when role is StaffRole.Supervisor or StaffRole.Head =>
                Decision.Accept(new HelpJoined(call.Id, NextId(call), call.Assignee!, by, role, now)),
            { Helpers: { Count: > 0 } helpers } => Refuse(
                "help-there-already", $"{helpers.Values.MaxBy(one => one.At)!.Helper.Name} helps already. Look who else asks for help."),
            _ => Refuse("help-not-asked", $"{call.Assignee!.Name} does not ask for help now."),
        };
    }

    /// <summary>Ends somebody's help: his own, or that on one's own call. Nothing where he does not help any more.</summary>
    public static Decision End(Call call, string helperId, StaffRef by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(by);
        return call.Helpers.GetValueOrDefault(helperId) switch
        {
            null => Decision.Nothing,
            { } joined when by.Id == helperId => Decision.Accept(Ended(joined, HelpEnd.Left, now)),
            { } joined when by.Id == call.Assignee?.Id => Decision.Accept(Ended(joined, HelpEnd.NoLongerNeeded, now)),
            { } joined => Decision.Refuse(
                "EndHelp", "help-of-others", $"{joined.Helper.Name} helps {joined.Helped.Name}; only these two can end it."),
        };
    }

    /// <summary>The helper's appointment ended.</summary>
    public static Decision Bar(Call call, string helperId, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(call);
        return call.Helpers.GetValueOrDefault(helperId) is { } joined
            ? Decision.Accept(Ended(joined, HelpEnd.Dismissed, now))
            : Decision.Nothing;
    }

    /// <summary>Ends what is over with the call, or because it is another's now; a policy's.</summary>
    public static Decision Settle(Call call, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(call);
        var over = call.Helpers.Values.Where(joined => call.IsOver || joined.Helped.Id != call.Assignee?.Id)
            .OrderBy(joined => joined.Helper.Id, StringComparer.Ordinal).Select(joined => Ended(joined, HelpEnd.CallOver, now));
        return Decision.Accept(
        [
            .. call.HelpWanted is { } wanted && (call.IsOver || wanted.By.Id != call.Assignee?.Id)
                ? [new HelpNoLongerAsked(call.Id, wanted.HelpId, wanted.By, now)]
                : Array.Empty<IEvent>(),
            .. over,
        ]);
    }

    private static HelpEnded Ended(HelpJoined joined, HelpEnd cause, DateTimeOffset now) => new(
        joined.CallId, joined.HelpId, joined.Helped, joined.Helper, cause, Elapsed.Ms(joined.At, now), now);

    private static string NextId(Call call) => $"{call.Id}-help-{call.TimesHelpAsked + call.Helpers.Count + call.HelpedBefore.Count + 1}";

    private static Decision Refuse(string code, string reason) => Decision.Refuse("JoinToHelp", code, reason);
}
