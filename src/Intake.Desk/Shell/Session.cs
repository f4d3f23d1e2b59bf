using Intake.Contracts;
using Intake.Desk.Api;
using Intake.Desk.Live;

namespace Intake.Desk.Shell;

/// <summary>Who is signed in at this desk, and what his role lets him see, or the role of somebody for whom he stands in (A.I.6).</summary>
public sealed class Session
{
    private readonly IntakeApi api;
    private readonly LiveFeed live;
    private readonly Outside outside;

    public Session(IntakeApi api, Transport transport, LiveFeed live, Outside outside)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(live);
        (this.api, this.live, this.outside) = (api, live, outside);
        transport.SignedOut += () => _ = Leave();
        live.DecisionsMoved += () => _ = Reconsider();
        live.Closed += () => _ = Ask();
    }

    /// <summary>Null while nobody is.</summary>
    public Me? Me { get; private set; }

    /// <summary>True once the host has said whether somebody is signed in.</summary>
    public bool Known { get; private set; }

    /// <summary>Raised when somebody signed in or out.</summary>
    public event Action? Changed;

    /// <summary>Takes calls and orders.</summary>
    public bool TakesOrders => Roles.Any(role => role is "operator" or "manager" or "keyAccountManager" or "head" or "finance" or "administrator");

    /// <summary>Sees the floor's figures.</summary>
    public bool SeesWallboard => Roles.Any(role => role is "supervisor" or "head" or "administrator");

    /// <summary>Ends other people's wrap-ups.</summary>
    public bool EndsWrapUps => Roles.Any(role => role is "supervisor" or "head");

    /// <summary>Joins a colleague's call without having been asked to (A.III.22).</summary>
    public bool HelpsUnasked => Roles.Any(role => role is "supervisor" or "head");

    /// <summary>Reads what happened to a call or an order.</summary>
    public bool ReadsHistory => Roles.Any(role => role is "auditor" or "supervisor" or "head" or "administrator");

    /// <summary>Rings for the queues whoever has been promised a call.</summary>
    public bool RingsForQueues => Roles.Any(role => role is "operator");

    /// <summary>Answers for what the floor misses, and gives promised calls to others.</summary>
    public bool WatchesCallbacks => Roles.Any(role => role is "supervisor" or "head");

    /// <summary>Sees what was not registered, and what no signal supports.</summary>
    public bool SeesCompleteness => Roles.Any(role => role is "auditor" or "supervisor" or "head" or "administrator");

    /// <summary>Sees how working times are kept.</summary>
    public bool SeesAttendance => Roles.Any(role => role is "auditor" or "supervisor" or "head" or "administrator");

    /// <summary>Plans other people's working times.</summary>
    public bool PlansShifts => Roles.Any(role => role is "supervisor" or "head" or "administrator");

    /// <summary>Registers what others answered and did not register.</summary>
    public bool RegistersForOthers => Roles.Any(role => role is "supervisor" or "head");

    /// <summary>Looks clients up without a call.</summary>
    public bool LooksUpClients => Roles.Any(role => role is "manager" or "keyAccountManager" or "head" or "finance" or "administrator");

    /// <summary>Gives clients a type and a manager.</summary>
    public bool Assigns => Roles.Any(role => role is "head" or "administrator");

    /// <summary>Sets limits.</summary>
    public bool SetsCredit => Roles.Any(role => role is "finance" or "administrator");

    /// <summary>Orders who stands in for whom.</summary>
    public bool OrdersAbsences => Roles.Any(role => role is "head" or "supervisor" or "administrator");

    /// <summary>Reads who is appointed to what.</summary>
    public bool SeesPeople => Roles.Any(role => role is "head" or "supervisor" or "administrator");

    /// <summary>Appoints and dismisses, and says what people can do.</summary>
    public bool Appoints => Roles.Any(role => role is "administrator");

    /// <summary>Sees on which devices people work outside the office.</summary>
    public bool SeesDevices => Roles.Any(role => role is "administrator" or "head" or "supervisor");

    /// <summary>Admits them.</summary>
    public bool AdmitsDevices => Roles.Any(role => role is "administrator" or "head");

    private IEnumerable<string> Roles => Me is null ? [] : [Me.Role, .. (Me.StandsInFor ?? []).Select(absent => absent.Role)];

    /// <summary>The id of this person where he stands in for him now; else null, and he acts by his own right.</summary>
    public string? InPlaceOf(Person? absent) => Me?.StandsInFor?.FirstOrDefault(one => one.StaffId == absent?.Id)?.StaffId;

    /// <summary>Asks the host who is signed in.</summary>
    public async Task Resume() => await Become((await api.WhoAmI()).Value);

    /// <summary>Signs in; the problem says why not.</summary>
    public async Task<Problem?> SignIn(string user, string password)
    {
        var outcome = await api.SignIn(user, password);
        if (outcome.Value is { } me)
        {
            await Become(me);
        }

        return outcome.Problem;
    }

    /// <summary>Signs out and lets go of the live feed.</summary>
    public async Task SignOut()
    {
        await api.SignOut();
        await live.Stop();
        Forget(left: true);
    }

    /// <summary>Uses the session, so that it goes on; from the office it does so by itself.</summary>
    public async Task GoOn()
    {
        await api.ExtendSession();
        await Ask();
    }

    /// <summary>Asks the host again who is signed in; where nobody is any more, that is found out by it.</summary>
    public async Task Ask()
    {
        if (Me is not null && (await api.WhoAmI()).Value is { } now)
        {
            Me = now;
            outside.Become(now);
            Changed?.Invoke();
        }
    }

    private async Task Become(Me? me)
    {
        (Me, Known) = (me, true);
        outside.Become(me);
        Changed?.Invoke();
        if (me is not null)
        {
            await live.Start(Topics);
        }
    }

    private LiveTopics Topics =>
        (TakesOrders || SeesWallboard ? LiveTopics.Queue | LiveTopics.Orders | LiveTopics.Decisions : LiveTopics.None)
        | (SeesWallboard ? LiveTopics.Wallboard : LiveTopics.None);

    // A window in which this person stands in for somebody has begun or ended: he may see more now, or less.
    private async Task Reconsider()
    {
        if (Me is { } me && !live.Decisions.RepresentedBy(me.StaffId).SetEquals((me.StandsInFor ?? []).Select(absent => absent.StaffId)))
        {
            await Ask();
        }
    }

    // The host knows nobody here any more: nothing of him stays on the screen.
    private async Task Leave()
    {
        Forget(left: false);
        await live.Stop();
    }

    private void Forget(bool left)
    {
        (Me, Known) = (null, true);
        outside.Become(null, left);
        Changed?.Invoke();
    }
}
