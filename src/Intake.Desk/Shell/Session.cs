using Intake.Contracts;
using Intake.Desk.Api;
using Intake.Desk.Live;

namespace Intake.Desk.Shell;

/// <summary>Who is signed in at this desk, and what his role lets him see.</summary>
public sealed class Session
{
    private readonly IntakeApi api;
    private readonly LiveFeed live;

    public Session(IntakeApi api, Transport transport, LiveFeed live)
    {
        ArgumentNullException.ThrowIfNull(transport);
        (this.api, this.live) = (api, live);
        transport.SignedOut += Forget;
    }

    /// <summary>Null while nobody is.</summary>
    public Me? Me { get; private set; }

    /// <summary>True once the host has said whether somebody is signed in.</summary>
    public bool Known { get; private set; }

    /// <summary>Raised when somebody signed in or out.</summary>
    public event Action? Changed;

    /// <summary>Takes calls and orders.</summary>
    public bool TakesOrders => Role is "operator" or "manager" or "keyAccountManager" or "head" or "finance" or "administrator";

    /// <summary>Sees the floor's figures.</summary>
    public bool SeesWallboard => Role is "supervisor" or "head" or "administrator";

    /// <summary>Reads what happened to a call or an order.</summary>
    public bool ReadsHistory => Role is "auditor" or "supervisor" or "head" or "administrator";

    /// <summary>Sees what was not registered, and what no signal supports.</summary>
    public bool SeesCompleteness => Role is "auditor" or "supervisor" or "head" or "administrator";

    /// <summary>Looks clients up without a call.</summary>
    public bool LooksUpClients => Role is "manager" or "keyAccountManager" or "head" or "finance" or "administrator";

    /// <summary>Gives clients a type and a manager.</summary>
    public bool Assigns => Role is "head" or "administrator";

    /// <summary>Sets limits.</summary>
    public bool SetsCredit => Role is "finance" or "administrator";

    private string Role => Me?.Role ?? string.Empty;

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
        Forget();
    }

    private async Task Become(Me? me)
    {
        (Me, Known) = (me, true);
        Changed?.Invoke();
        if (me is not null)
        {
            await live.Start(Topics);
        }
    }

    private LiveTopics Topics =>
        (TakesOrders || SeesWallboard ? LiveTopics.Queue | LiveTopics.Orders : LiveTopics.None)
        | (SeesWallboard ? LiveTopics.Wallboard : LiveTopics.None);

    private void Forget()
    {
        (Me, Known) = (null, true);
        Changed?.Invoke();
    }
}
