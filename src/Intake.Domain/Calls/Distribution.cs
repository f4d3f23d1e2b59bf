using System.Collections.Immutable;
using Intake.Domain.Clients;
using Intake.Domain.Staff;

namespace Intake.Domain.Calls;

/// <summary>
/// In which order waiting calls are offered. The longest waiting comes first; who has priority is counted as waiting longer by a head
/// start, so that nobody waits for ever behind those who have one.
/// </summary>
/// <param name="RingFor">How long a call rings at an operator before it goes on to the next.</param>
/// <param name="ByType">Head starts of client types; none for a type that is not named.</param>
/// <param name="ByQueue">Head starts of queues; none for a queue that is not named.</param>
public sealed record DistributionPolicy(
    string Version, TimeSpan RingFor, ImmutableDictionary<ClientType, TimeSpan> ByType, ImmutableDictionary<string, TimeSpan> ByQueue)
{
    public static readonly DistributionPolicy Default = new(
        "distribution-1",
        RingFor: TimeSpan.FromSeconds(20),
        ByType: ImmutableDictionary<ClientType, TimeSpan>.Empty.Add(ClientType.Key, TimeSpan.FromSeconds(60)),
        ByQueue: ImmutableDictionary<string, TimeSpan>.Empty);

    /// <summary>From when on the call counts as waiting.</summary>
    public DateTimeOffset CountsFrom(WaitingCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var byType = call.MayBe.Select(type => ByType.GetValueOrDefault(type)).DefaultIfEmpty().Max();
        return call.QueuedAt - byType - ByQueue.GetValueOrDefault(call.Queue);
    }
}

/// <summary>A call that waits and rings at nobody.</summary>
/// <param name="MayBe">Types of the clients that its number suggests; none where nobody is known by it.</param>
public sealed record WaitingCall(string CallId, string Queue, DateTimeOffset QueuedAt, IReadOnlyList<ClientType> MayBe);

/// <summary>An operator who is ready.</summary>
/// <param name="IdleSince">Since when he has had no call and could have had one.</param>
public sealed record ReadyOperator(StaffRef Person, Skills Skills, DateTimeOffset IdleSince);

/// <summary>A call, and the operator at whom it shall ring.</summary>
public sealed record Pair(WaitingCall Call, ReadyOperator Operator);

/// <summary>Which call rings at whom.</summary>
public static class Distribution
{
    /// <summary>
    /// Each call in the policy's order, to whoever has been idle longest of those who are left and have the skill. A call for which
    /// there is nobody leaves the others their turn. The same calls and people give the same pairs, in whichever order they come.
    /// </summary>
    public static IReadOnlyList<Pair> Pairs(
        DistributionPolicy policy, IEnumerable<WaitingCall> waiting, IEnumerable<ReadyOperator> ready)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var idle = ready.OrderBy(one => one.IdleSince).ThenBy(one => one.Person.Id, StringComparer.Ordinal).ToList();
        var pairs = new List<Pair>();
        foreach (var call in waiting.OrderBy(policy.CountsFrom).ThenBy(call => call.CallId, StringComparer.Ordinal))
        {
            if (idle.Find(one => one.Skills.Cover(call.Queue)) is { } found)
            {
                idle.Remove(found);
                pairs.Add(new Pair(call, found));
            }
        }

        return pairs;
    }
}
