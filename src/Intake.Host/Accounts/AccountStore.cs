using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace Intake.Host.Accounts;

/// <summary>
/// Local sign-in accounts. Hashes live here and never in the event log. Role and name are not here either: they derive from the
/// staff member's appointment.
/// </summary>
public sealed class AccountStore(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>After so many wrong passwords in a row the account is locked for <see cref="LockedFor"/>.</summary>
    public const int FailuresAllowed = 5;

    /// <summary>How long a lock-out lasts.</summary>
    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(5);

    private static readonly PasswordHasher<string> Hasher = new();

    // What an unknown name is checked against, so that it costs as much time as a known one.
    private static readonly string Nobody = Hasher.HashPassword("nobody", Guid.NewGuid().ToString());

    /// <summary>Creates the table.</summary>
    public static async Task Migrate(NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var create = database.CreateCommand(
            """
            create schema if not exists accounts;
            create table if not exists accounts.account (
                user_name text primary key,
                staff_id text not null,
                password_hash text not null,
                failures integer not null default 0,
                locked_until timestamptz);
            """);
        await create.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Creates the account or sets its password; a lock-out ends.</summary>
    public async Task Set(string user, string staffId, string password, CancellationToken cancel)
    {
        await using var write = database.CreateCommand(
            """
            insert into accounts.account (user_name, staff_id, password_hash) values ($1, $2, $3)
            on conflict (user_name) do update
            set staff_id = excluded.staff_id, password_hash = excluded.password_hash, failures = 0, locked_until = null
            """);
        write.Parameters.Add(new NpgsqlParameter { Value = Named(user) });
        write.Parameters.Add(new NpgsqlParameter { Value = staffId });
        write.Parameters.Add(new NpgsqlParameter { Value = Hasher.HashPassword(Named(user), password) });
        await write.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Opens an account for a person who is new, under his id; who has one keeps it and his password.</summary>
    public async Task Open(string staffId, string firstPassword, CancellationToken cancel)
    {
        if (await Find(Named(staffId), cancel) is null)
        {
            await Set(staffId, staffId, firstPassword, cancel);
        }
    }

    /// <summary>The staff id behind a right password; null behind a wrong one, an unknown name, or a locked account.</summary>
    public async Task<SignInOutcome> Check(string user, string password, CancellationToken cancel)
    {
        var name = Named(user);
        var account = await Find(name, cancel);
        if (account is { LockedUntil: { } until } && until > clock.GetUtcNow())
        {
            return new SignInOutcome(null, until);
        }

        var verified = Hasher.VerifyHashedPassword(name, account?.Hash ?? Nobody, password) != PasswordVerificationResult.Failed;
        if (account is null)
        {
            return new SignInOutcome(null, null);
        }

        await Count(name, verified, cancel);
        return new SignInOutcome(verified ? account.StaffId : null, null);
    }

    private static string Named(string user) => user.Trim().ToLowerInvariant();

    private async Task<Account?> Find(string name, CancellationToken cancel)
    {
        await using var query = database.CreateCommand(
            "select staff_id, password_hash, locked_until from accounts.account where user_name = $1");
        query.Parameters.Add(new NpgsqlParameter { Value = name });
        await using var reader = await query.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel)
            ? new Account(
                reader.GetString(0), reader.GetString(1),
                await reader.IsDBNullAsync(2, cancel) ? null : await reader.GetFieldValueAsync<DateTimeOffset>(2, cancel))
            : null;
    }

    private async Task Count(string name, bool verified, CancellationToken cancel)
    {
        await using var write = database.CreateCommand(
            """
            update accounts.account
            set failures = case when $2 then 0 when failures + 1 >= $3 then 0 else failures + 1 end,
                locked_until = case when not $2 and failures + 1 >= $3 then $4::timestamptz else null end
            where user_name = $1 and ($2 is false or failures > 0 or locked_until is not null)
            """);
        write.Parameters.Add(new NpgsqlParameter { Value = name });
        write.Parameters.Add(new NpgsqlParameter { Value = verified });
        write.Parameters.Add(new NpgsqlParameter { Value = FailuresAllowed });
        write.Parameters.Add(new NpgsqlParameter { Value = clock.GetUtcNow() + LockedFor });
        await write.ExecuteNonQueryAsync(cancel);
    }

    private sealed record Account(string StaffId, string Hash, DateTimeOffset? LockedUntil);
}

/// <summary>How a sign-in ended.</summary>
/// <param name="StaffId">Null where it failed.</param>
/// <param name="LockedUntil">Set where the account is locked.</param>
public sealed record SignInOutcome(string? StaffId, DateTimeOffset? LockedUntil);
