using Npgsql;

namespace Intake.Host.Telephony;

/// <summary>Signatures that were taken, for all hosts of the system: each is good for once.</summary>
public sealed class TakenSignatures(NpgsqlDataSource database, TimeProvider clock)
{
    // One signed at the far end of the window by a clock that is fast is good for twice the window.
    private static readonly TimeSpan Kept = 3 * SignedRequests.Window;
    private static readonly TimeSpan PruneEvery = TimeSpan.FromMinutes(1);
    private long _pruned;

    /// <summary>Creates the table.</summary>
    public static async Task Migrate(NpgsqlDataSource database, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var create = database.CreateCommand(
            """
            create schema if not exists telephony;
            create table if not exists telephony.taken_signature (signature bytea primary key, taken_at timestamptz not null);
            create index if not exists taken_signature_taken_at on telephony.taken_signature (taken_at);
            """);
        await create.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>True for the first who comes with it.</summary>
    public async Task<bool> Take(byte[] signature, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var take = database.CreateCommand(
            "insert into telephony.taken_signature (signature, taken_at) values ($1, $2) on conflict do nothing");
        take.Parameters.Add(new NpgsqlParameter { Value = signature });
        take.Parameters.Add(new NpgsqlParameter { Value = now.UtcDateTime });
        var first = await take.ExecuteNonQueryAsync(cancel) == 1;
        await Prune(now, cancel);
        return first;
    }

    private async Task Prune(DateTimeOffset now, CancellationToken cancel)
    {
        var last = Interlocked.Read(ref _pruned);
        if (now.UtcTicks - last < PruneEvery.Ticks || Interlocked.CompareExchange(ref _pruned, now.UtcTicks, last) != last)
        {
            return;
        }

        await using var prune = database.CreateCommand("delete from telephony.taken_signature where taken_at < $1");
        prune.Parameters.Add(new NpgsqlParameter { Value = (now - Kept).UtcDateTime });
        await prune.ExecuteNonQueryAsync(cancel);
    }
}
