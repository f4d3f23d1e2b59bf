using Intake.Contracts;
using Intake.Desk.Api;

namespace Intake.Desk.Pad;

/// <summary>The card beside the call: the client's, or that of one who is looked at before he is confirmed.</summary>
public sealed class CardOnShow(IntakeApi api)
{
    private string looked = string.Empty;

    /// <summary>Null while there is none, and until it has come.</summary>
    public ClientCard? Card { get; private set; }

    public event Action? Changed;

    /// <summary>
    /// Shows a client's card; nobody's where the id is empty. Meanwhile nobody's is on show, and one that comes when another is looked at is
    /// passed over.
    /// </summary>
    public async Task Look(string clientId)
    {
        looked = clientId;
        if (Card?.ClientId != clientId)
        {
            Card = null;
        }

        if (Card is null && clientId.Length > 0)
        {
            Changed?.Invoke();
            var card = (await api.Client(clientId)).Value;
            if (looked == clientId)
            {
                Card = card;
            }
        }

        Changed?.Invoke();
    }

    /// <summary>Reads it again, after it was changed.</summary>
    /// <param name="after">The log position of the change.</param>
    public async Task Reload(long after)
    {
        if (Card is { } card)
        {
            Card = (await api.Client(card.ClientId, after)).Value ?? card;
            Changed?.Invoke();
        }
    }

    /// <summary>Puts it away.</summary>
    public void Clear() => (Card, looked) = (null, string.Empty);
}
