using Intake.Contracts;

namespace Intake.Host.Simulation;

/// <summary>
/// A believable floor: clients ring at random intervals, mostly to order, sometimes for information or with a complaint; some hang up
/// when they have waited long.
/// </summary>
public sealed class FloorLife(Seat asker, Shift shift, Telephone telephone, double speed, Random random)
{
    private const double SecondsBetweenCalls = 7;
    private const double PatienceSeconds = 45;
    private const int MostLines = 5;
    private static readonly string[] Purposes = ["referenceInformation", "complaint", "other"];

    /// <summary>Calls come in until cancelled.</summary>
    public async Task Live(CancellationToken cancel)
    {
        var clients = (await asker.Get<List<ClientFound>>("clients?take=100", cancel)).Where(client => client.Phone.Length > 0).ToList();
        var products = await asker.Get<List<ProductFound>>("products?take=500", cancel);
        if (clients.Count == 0 || products.Count == 0)
        {
            throw new Hosting.UsageException("There are no clients or no products here. Start with the demo company, or import a company.");
        }

        for (var number = 0; ; number++)
        {
            var client = clients[random.Next(clients.Count)];
            var wish = new Wish(
                number, client.ClientId, client.Phone, client.Name,
                random.Next(5) > 0 ? "order" : Purposes[random.Next(Purposes.Length)], await Lines(client.ClientId, products, cancel));
            var callId = await shift.Ring(wish, cancel);
            _ = Lose(callId, number, cancel);
            var wait = -Math.Log(1 - random.NextDouble()) * SecondsBetweenCalls / speed;
            await Task.Delay(TimeSpan.FromSeconds(Math.Min(wait, 60)), cancel);
        }
    }

    private async Task<IReadOnlyList<WishedLine>> Lines(string clientId, List<ProductFound> products, CancellationToken cancel)
    {
        var usual = (await asker.Get<ClientCard>($"clients/{clientId}", cancel)).Usual;
        return
        [
            .. Enumerable.Range(0, 1 + random.Next(MostLines))
                .Select(_ => usual.Count > 0 && random.Next(3) > 0
                    ? usual[random.Next(usual.Count)].ProductId
                    : products[random.Next(products.Count)].ProductId)
                .Distinct()
                .Select(product => new WishedLine(product, 1 + random.Next(6), null, null)),
        ];
    }

    // Who waits too long hangs up; the telephony then reports an end that nobody answered.
    private async Task Lose(string callId, int number, CancellationToken cancel)
    {
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(PatienceSeconds * (0.5 + random.NextDouble()) / speed), cancel);
            if (asker.Count(call => call.CallId == callId && call.Phase == "queued") > 0)
            {
                await telephone.HangUp(number, cancel);
            }
        }
        catch (OperationCanceledException)
        {
            // The floor closes.
        }
    }
}
