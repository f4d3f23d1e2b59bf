using Intake.Contracts;
using Intake.Desk.Api;

namespace Intake.Desk.Text;

/// <summary>Codes of the host as sentences for the person at the desk.</summary>
public static class Sentences
{
    /// <summary>
    /// A problem in words. In English the host's own sentence, which knows the figures; in another language the desk's for the code,
    /// and the host's where there is none.
    /// </summary>
    public static string Of(this Lexicon words, Problem problem)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(problem);
        if (problem is { Reason: "call-already-taken", Winner: { } winner })
        {
            return words.Say("refusal.lostTo", ("name", winner.Name));
        }

        return words.Language == "en" && problem.Detail.Length > 0
            ? problem.Detail
            : words.OrElse(
                $"refusal.{problem.Reason}",
                problem.Detail.Length > 0 ? problem.Detail : words.OrElse($"problem.{problem.Code}", words["problem.unavailable"]));
    }

    /// <summary>What to do about an open gate.</summary>
    public static string Of(this Lexicon words, GateState gate)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(gate);
        return words.Language == "en" && gate.Say.Length > 0 ? gate.Say : words.OrElse($"gateSay.{gate.Gate}", gate.Say);
    }

    /// <summary>What the client owes, as an operator may know it.</summary>
    public static string Debt(this Lexicon words, ClientCard card)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(card);
        return words.Language == "en" && card.DebtInWords.Length > 0
            ? card.DebtInWords
            : words.OrElse($"debt.{card.DebtVerdict}", card.DebtInWords);
    }

    /// <summary>Who calls, as far as it is known: the client, or who the number tells that it may be.</summary>
    public static string Caller(this Lexicon words, QueueCall call)
    {
        ArgumentNullException.ThrowIfNull(words);
        return call switch
        {
            { ClientName.Length: > 0 } => call.ClientName,
            { Candidates: [var only] } => only.ClientName,
            { Candidates.Count: > 1 } => words.Count("queue.candidates", call.Candidates.Count),
            _ => words["queue.unknown"],
        };
    }

    /// <summary>The client who was identified, or the number where none is yet.</summary>
    public static string ClientOrNumber(this QueueCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return call.ClientName.Length > 0 ? call.ClientName : call.FromNumber;
    }

    /// <summary>The row of the routing table that spoke, e.g. <c>A.III.4 key client</c>, as a sentence.</summary>
    public static string Rule(this Lexicon words, string rule)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(rule);
        var clause = rule.Split(' ', 2)[0];
        return words.OrElse($"rule.{clause}", rule);
    }
}
