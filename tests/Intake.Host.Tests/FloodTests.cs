using System.Net;
using System.Net.Http.Json;
using Intake.Contracts;
using Intake.Host.Hosting;
using Intake.Host.Public;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Intake.Host.Tests;

/// <summary>How much strangers may ask for, over all hosts of a system.</summary>
public sealed class FloodTests(OpenFixture host) : IClassFixture<OpenFixture>
{
    private readonly HandClock clock = new();

    private NpgsqlDataSource Database => host.Services.GetRequiredService<NpgsqlDataSource>();

    private HostSettings Settings => host.Services.GetRequiredService<HostSettings>();

    [Fact]
    [Trait("Clause", "A.III.1")]
    public async Task Two_hosts_together_take_no_more_for_a_number_than_one_would()
    {
        const string Number = "+37322701234";
        var data = Directory.CreateTempSubdirectory("intake-second-host-");
        await using var second = WebHost.Build(Settings with { Data = new DataFolder(data.FullName) }, "http://127.0.0.1:0");
        await second.StartAsync();
        using var one = new HttpClient { BaseAddress = host.Address };
        using var other = new HttpClient { BaseAddress = new Uri(second.Urls.First()) };

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => Order(n % 2 == 0 ? one : other, Number)));

        Assert.Equal(PublicCallbackSettings.Default.PerNumber, answers.Count(status => status == HttpStatusCode.OK));
        Assert.All(answers, status => Assert.True(status is HttpStatusCode.OK or HttpStatusCode.TooManyRequests, $"{status}"));
        Assert.Equal(HttpStatusCode.OK, await Order(other, "+37322701235"));
        await second.StopAsync();
        data.Delete(recursive: true);
    }

    [Fact]
    public async Task Of_requests_that_come_to_several_hosts_at_once_the_limit_and_no_more_are_admitted()
    {
        var hosts = new[] { Floods(5), Floods(5), Floods(5) };
        var address = IPAddress.Parse("198.51.100.1");
        var admitted = await Task.WhenAll(Enumerable.Range(0, 60).Select(n => Task.Run(() => hosts[n % 3].AdmitAddress(address, default))));
        Assert.Equal(5, admitted.Count(one => one));
    }

    [Fact]
    public async Task The_window_slides_and_what_was_turned_away_does_not_count()
    {
        var floods = Floods(2);
        var address = IPAddress.Parse("198.51.100.2");
        Assert.True(await At("00:00"));
        Assert.True(await At("06:00"));
        Assert.False(await At("09:59"));
        Assert.True(await At("10:00"));
        Assert.False(await At("15:59"));
        Assert.True(await At("16:00"));
        Assert.False(await At("16:01"));

        Task<bool> At(string minutes)
        {
            clock.Now = new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero) + TimeSpan.Parse($"00:{minutes}", System.Globalization.CultureInfo.InvariantCulture);
            return floods.AdmitAddress(address, default);
        }
    }

    [Fact]
    public async Task An_address_sends_so_many_and_its_neighbours_in_one_half_of_IPv6_with_it()
    {
        var floods = Floods(2);
        Assert.Equal([true, true, false], await Admit("203.0.113.7", "::ffff:203.0.113.7", "203.0.113.7"));
        Assert.Equal([true, true, false, true], await Admit("2001:db8::1", "2001:db8::ffff:2", "2001:db8:0:0:1::3", "2001:db8:0:1::1"));

        async Task<List<bool>> Admit(params string[] addresses)
        {
            var admitted = new List<bool>();
            foreach (var address in addresses)
            {
                admitted.Add(await floods.AdmitAddress(IPAddress.Parse(address), default));
            }

            return admitted;
        }
    }

    [Fact]
    [Trait("Clause", "A.III.26")]
    public async Task Who_it_was_is_kept_as_a_keyed_hash_only_and_no_longer_than_the_window()
    {
        var address = IPAddress.Parse("198.51.100.9");
        clock.Now = DateTimeOffset.UtcNow.AddDays(10);
        await Floods(2).AdmitAddress(address, default);
        var kept = Assert.Single(await Kept());
        Assert.Equal(32, kept.Length);
        await Floods(2, key: "another").AdmitAddress(address, default);
        Assert.Equal(2, (await Kept()).Count);

        clock.Now += PublicCallbackSettings.Default.AddressWindow;
        await Floods(2).AdmitAddress(IPAddress.Parse("198.51.100.10"), default);
        Assert.NotEqual(kept, Assert.Single(await Kept()));
        await using var empty = Database.CreateCommand("truncate visitors.admitted");
        await empty.ExecuteNonQueryAsync();
    }

    private static async Task<HttpStatusCode> Order(HttpClient http, string number)
    {
        var api = new Uri("/api/v1/public/callbacks", UriKind.Relative);
        var token = (await http.GetFromJsonAsync<PublicCallbackForm>(api))!.Token;
        using var answer = await http.PostAsJsonAsync(
            api, new OrderedCallback("Ion", number, null, null, null, null, "Europe/Chisinau", "ro", true, null, token));
        return answer.StatusCode;
    }

    private Floods Floods(int perAddress, string? key = null) => new(
        Database, PublicCallbackSettings.Default with { PerAddress = perAddress }, Settings with { TelephonyKey = key ?? Settings.TelephonyKey }, clock);

    private async Task<List<byte[]>> Kept()
    {
        await using var query = Database.CreateCommand("select visitor from visitors.admitted where until > $1");
        query.Parameters.Add(new NpgsqlParameter { Value = DateTime.UtcNow.AddDays(5) });
        await using var reader = await query.ExecuteReaderAsync();
        var kept = new List<byte[]>();
        while (await reader.ReadAsync())
        {
            kept.Add(reader.GetFieldValue<byte[]>(0));
        }

        return kept;
    }
}
