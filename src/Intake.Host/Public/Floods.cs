using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Intake.Host.Hosting;
using Npgsql;

namespace Intake.Host.Public;

/// <summary>
/// Keeps a flood of requests off, over all hosts: so many from one address, so many for one number, within any stretch of time as long as
/// the window. Who it was is kept as a keyed hash only, and no longer than the window.
/// </summary>
public sealed class Floods(NpgsqlDataSource database, PublicCallbackSettings settings, HostSettings host, TimeProvider clock)
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);

    // Every host has the telephony's key, and no other host's keys of its own.
    private readonly byte[] _key = HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(host.TelephonyKey), HMACSHA256.HashSizeInBytes, info: "visitors v1"u8.ToArray());
    private long _swept;

    /// <summary>Creates the table. A crash of the server empties it, and the limits begin anew.</summary>
    public static async Task Migrate(NpgsqlDataSource database, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var create = database.CreateCommand(
            """
            create schema if not exists visitors;
            create unlogged table if not exists visitors.admitted (
                visitor bytea primary key,
                times timestamptz[] not null,
                until timestamptz not null);
            create index if not exists admitted_until on visitors.admitted (until);
            """);
        await create.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Whether the address may send one more.</summary>
    public Task<bool> AdmitAddress(IPAddress? address, CancellationToken cancel) =>
        Admit($"address {Household(address)}", settings.PerAddress, settings.AddressWindow, cancel);

    /// <summary>Whether one more may be asked for the number.</summary>
    public Task<bool> AdmitNumber(string number, CancellationToken cancel) =>
        Admit($"number {number}", settings.PerNumber, settings.NumberWindow, cancel);

    // The row is locked from the count on: of two hosts at once the second counts what the first has admitted.
    private async Task<bool> Admit(string visitor, int limit, TimeSpan window, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await Sweep(now, cancel);
        await using var admit = database.CreateCommand(
            """
            insert into visitors.admitted as known (visitor, times, until) values ($1, array[$2], $2 + $3)
            on conflict (visitor) do update
            set times = array(select time from unnest(known.times) time where time > $2 - $3) || $2, until = $2 + $3
            where (select count(*) from unnest(known.times) time where time > $2 - $3) < $4
            """);
        admit.Parameters.Add(new NpgsqlParameter { Value = HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(visitor)) });
        admit.Parameters.Add(new NpgsqlParameter { Value = now.UtcDateTime });
        admit.Parameters.Add(new NpgsqlParameter { Value = window });
        admit.Parameters.Add(new NpgsqlParameter { Value = limit });
        return await admit.ExecuteNonQueryAsync(cancel) == 1;
    }

    private async Task Sweep(DateTimeOffset now, CancellationToken cancel)
    {
        var last = Interlocked.Read(ref _swept);
        if (now.UtcTicks - last < SweepEvery.Ticks || Interlocked.CompareExchange(ref _swept, now.UtcTicks, last) != last)
        {
            return;
        }

        await using var sweep = database.CreateCommand("delete from visitors.admitted where until <= $1");
        sweep.Parameters.Add(new NpgsqlParameter { Value = now.UtcDateTime });
        await sweep.ExecuteNonQueryAsync(cancel);
    }

    // Who has one address of IPv6 has the whole half of it.
    private static string Household(IPAddress? address) => address switch
    {
        null => string.Empty,
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };
}
