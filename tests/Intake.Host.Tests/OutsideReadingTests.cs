using System.Net;
using Intake.Contracts;
using Intake.Domain.Staff;
using Intake.Host.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace Intake.Host.Tests;

/// <summary>The client base outside the office: it is worked with, and cannot be carried away in bulk (C6).</summary>
public sealed class OutsideReadingTests(OutsideFixture host) : IClassFixture<OutsideFixture>
{
    [Fact]
    [Trait("Clause", "C6")]
    public async Task Lists_are_short_outside_and_have_no_second_page()
    {
        await using var head = await host.SignInOutside("tatiana");
        await using var inside = await host.SignIn("tatiana", OutsideFixture.Office);
        var all = await inside.Get<List<ClientFound>>("clients?take=100");
        Assert.True(all.Count > 20, $"{all.Count} clients");
        Assert.Contains(all, one => one.Phone.Length > 0);

        foreach (var tooShort in new[] { "clients?take=100", "clients?query=ma", "clients?query=a%20b%20c" })
        {
            var refused = await Asked(head, tooShort);
            Assert.Equal((HttpStatusCode.BadRequest, "search-too-short"), (refused.Status, refused.Word("reason")));
        }

        var word = all[0].Name[..3];
        var found = await head.Get<List<ClientFound>>($"clients?query={Uri.EscapeDataString(word)}&take=100");
        Assert.InRange(found.Count, 1, 20);
        Assert.All(found, one => Assert.Equal(string.Empty, one.Phone));

        var source = (await Sources(inside))[0];
        Assert.True((await inside.Get<List<ImportedOrder>>($"past-orders?source={source}&take=100")).Count > 7, "There are past orders.");
        Assert.Equal(7, (await head.Get<List<ImportedOrder>>($"past-orders?source={source}&take=100")).Count);
        foreach (var further in new[] { $"past-orders?source={source}&skip=7", "completeness?skip=7" })
        {
            Assert.Equal((HttpStatusCode.Forbidden, ProblemCodes.OfficeOnly), await Asked(head, further) is var said ? (said.Status, said.Word("code")!) : default);
        }
    }

    [Fact]
    [Trait("Clause", "C6")]
    public async Task A_history_outside_is_short_and_a_clients_history_counts_as_his_card()
    {
        await using var head = await host.SignInOutside("pavel");
        await using var inside = await host.SignIn("pavel", OutsideFixture.Office);
        var clients = (await inside.Get<List<ClientFound>>("clients?take=100")).Select(one => one.ClientId).ToList();
        var longest = string.Empty;
        foreach (var id in clients)
        {
            if ((await inside.Get<List<HistoryEvent>>($"history/client-{id}")).Count is var count && (longest.Length == 0 || count > 7))
            {
                longest = id;
            }
        }

        Assert.InRange((await head.Get<List<HistoryEvent>>($"history/client-{longest}")).Count, 1, 7);
        var others = clients.Where(id => id != longest).ToList();
        Assert.Equal(HttpStatusCode.OK, (await Asked(head, $"clients/{others[0]}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Asked(head, $"history/receivables-{others[1]}")).Status);
        Assert.Equal("clients-withheld", (await Asked(head, $"history/client-{others[2]}")).Word("reason"));
        Assert.Equal(HttpStatusCode.OK, (await Asked(head, $"history/client-{others[1]}")).Status);
    }

    [Fact]
    [Trait("Clause", "C6")]
    public async Task After_so_many_cards_within_an_hour_others_are_refused_once_on_record_and_the_call_in_hand_goes_on()
    {
        await using var olga = await host.SignInOutside("olga");
        await using var inside = await host.SignIn("olga", OutsideFixture.Office);
        var clients = (await inside.Get<List<ClientFound>>("clients?take=100")).Select(one => one.ClientId).ToList();
        foreach (var id in clients.Take(3))
        {
            Assert.Equal(HttpStatusCode.OK, (await Asked(olga, $"clients/{id}")).Status);
        }

        var refused = await Asked(olga, $"clients/{clients[3]}");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "clients-withheld"), (refused.Status, refused.Word("reason")));
        Assert.Equal("clients-withheld", (await Asked(olga, $"clients/{clients[4]}")).Word("reason"));
        Assert.Equal(HttpStatusCode.OK, (await Asked(olga, $"clients/{clients[0]}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Asked(inside, $"clients/{clients[4]}")).Status);

        await using var roman = await host.SignIn("roman", OutsideFixture.Office);
        var kept = Assert.Single(await roman.Get<List<HistoryEvent>>("history/remoteAccess-olga"), one => one.Type == "ClientsWithheld");
        Assert.Equal(("olga", clients[3], "Card"), (kept.Data.GetProperty("person").GetProperty("id").GetString(), kept.Data.GetProperty("clientId").GetString(), kept.Data.GetProperty("reading").GetString()));

        var callId = await host.Ring("+74990000061");
        await olga.Must($"calls/{callId}/take");
        var position = (await olga.Must($"calls/{callId}/identify", new IdentifyCaller(clients[5], "the owner"))).Position;
        Assert.Equal(HttpStatusCode.OK, (await Asked(olga, $"clients/{clients[5]}?after={position}")).Status);
        Assert.Equal("clients-withheld", (await Asked(olga, $"clients/{clients[6]}")).Word("reason"));
        await Job.Register(olga, callId);
    }

    [Fact]
    [Trait("Clause", "C6")]
    public async Task Clients_in_lists_are_counted_too_but_not_while_a_caller_is_looked_for()
    {
        await using var ion = await host.SignInOutside("ion");
        await using var inside = await host.SignIn("ion", OutsideFixture.Office);
        var words = (await inside.Get<List<ClientFound>>("clients?take=100"))
            .SelectMany(one => one.Name.Split(' ')).Where(word => word.Length > 3 && word.All(char.IsLetter)).Distinct().ToList();
        string? last = null;
        foreach (var word in words)
        {
            if ((await Asked(ion, $"clients?query={Uri.EscapeDataString(word)}")).Word("reason") == "clients-withheld")
            {
                last = word;
                break;
            }
        }

        Assert.NotNull(last);
        var callId = await host.Ring("+74990000062");
        var position = (await ion.Must($"calls/{callId}/take")).Position;
        Assert.Equal(HttpStatusCode.OK, (await Asked(ion, $"clients?query={Uri.EscapeDataString(last)}&after={position}")).Status);
        await Job.Register(ion, callId);
    }

    [Fact]
    [Trait("Clause", "C6")]
    public async Task Requests_at_once_read_no_more_than_may_be_read()
    {
        var readings = host.Services.GetRequiredService<ClientReadings>();
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => readings.Read(
            new Domain.StaffRef("irina", "Irina"), ClientReading.Card, [$"R-{i}"], DateTimeOffset.UtcNow, CancellationToken.None)));
        Assert.Equal(3, answers.Count(withheld => withheld is null));
    }

    private static Task<Said> Asked(Person person, string path) => person.Send(path, method: HttpMethod.Get);

    private static async Task<List<string>> Sources(Person person)
    {
        foreach (var source in new[] { "demo", "import", "history", "northwind" })
        {
            if ((await person.Get<List<ImportedOrder>>($"past-orders?source={source}")).Count > 0)
            {
                return [source];
            }
        }

        return [];
    }
}
