using System.Globalization;
using Intake.Application;
using Intake.Application.LookUps;
using Intake.Contracts;
using Intake.Domain.Staff;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Npgsql;

namespace Intake.Host.Accounts;

/// <summary>A session as it is outside the office at this request.</summary>
/// <param name="Begun">When the person signed in, there or in the office.</param>
/// <param name="Used">When he last did something there.</param>
public sealed record OutsideStay(string SessionId, string StaffId, string DeviceId, DateTimeOffset Begun, DateTimeOffset Used);

/// <summary>
/// Sessions outside the office (C6). Each request is judged by the address that it comes from: from the office's networks it passes, from
/// elsewhere only on an admitted device, and only while the session is not over. When a session was used is shared by all hosts.
/// </summary>
public sealed class OutsideSessions(NpgsqlDataSource database, CommandRunner runner, Office office, RemotePolicy policy, TimeProvider clock)
{
    private const string Session = "session";
    private const string Begun = "begun";

    /// <summary>Creates the table.</summary>
    public static async Task Migrate(NpgsqlDataSource database, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var create = database.CreateCommand(
            """
            create table if not exists accounts.outside_session (
                session_id text primary key,
                staff_id text not null,
                begun_at timestamptz not null,
                used_at timestamptz not null);
            """);
        await create.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>The request comes from outside the office.</summary>
    public bool IsOutside(HttpContext http) => office.IsOutside(http);

    /// <summary>The person may work outside the office on this device now; the log says so.</summary>
    public async Task<bool> Admits(string staffId, string deviceId, CancellationToken cancel) =>
        (await runner.Load(RemoteAccess.Stream, staffId, cancel)).State.Admits(deviceId, clock.GetUtcNow());

    /// <summary>Names a session that begins now, wherever that is.</summary>
    public void Begin(AuthenticationProperties properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        properties.SetString(Session, Guid.NewGuid().ToString("N"));
        properties.SetString(Begun, clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture));
    }

    /// <summary>False where the session must not go on at this request; what is open to everybody is not asked about.</summary>
    public async Task<bool> Passes(HttpContext http, string staffId, AuthenticationProperties properties)
    {
        ArgumentNullException.ThrowIfNull(http);
        return !office.IsOutside(http) || http.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null
            || await Enter(http, staffId, properties, IsUse(http.Request));
    }

    /// <summary>Notes that a session is used outside the office, and says when it ends; false where it is over, or the device is not admitted.</summary>
    public async Task<bool> Enter(HttpContext http, string staffId, AuthenticationProperties properties, bool used)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(properties);
        if (properties.GetString(Session) is not { } sessionId || properties.GetString(Begun) is not { } begun
            || DeviceCookie.IdFor(http.Request, staffId) is not { } deviceId
            || !await Admits(staffId, deviceId, http.RequestAborted))
        {
            return false;
        }

        var stay = await Use(
            new OutsideStay(
                sessionId, staffId, deviceId, DateTimeOffset.Parse(begun, CultureInfo.InvariantCulture).ToUniversalTime(), clock.GetUtcNow()),
            used, http.RequestAborted);
        if (IsOver(stay))
        {
            return false;
        }

        http.Features.Set(stay);
        http.Response.Headers[Headers.SessionEnds] = policy.EndOf(stay.Begun, stay.Used).ToString("O", CultureInfo.InvariantCulture);
        return true;
    }

    /// <summary>Forgets sessions that are over by their age, whatever their use.</summary>
    public async Task ForgetOld(CancellationToken cancel)
    {
        await using var forget = database.CreateCommand("delete from accounts.outside_session where begun_at < $1");
        forget.Parameters.Add(new NpgsqlParameter { Value = clock.GetUtcNow() - policy.AtMost });
        await forget.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Ends the session outside the office; a copy of its cookie opens nothing there any more.</summary>
    public async Task End(OutsideStay stay, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(stay);
        await using var end = database.CreateCommand("update accounts.outside_session set used_at = 'epoch' where session_id = $1");
        end.Parameters.Add(new NpgsqlParameter { Value = stay.SessionId });
        await end.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>The session goes on, though it is not used now; for a connection that stays open.</summary>
    public async Task<bool> GoesOn(OutsideStay stay, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(stay);
        await using var query = database.CreateCommand("select begun_at, used_at from accounts.outside_session where session_id = $1");
        query.Parameters.Add(new NpgsqlParameter { Value = stay.SessionId });
        var kept = await query.ListOf(
            row => stay with { Begun = row.GetFieldValue<DateTimeOffset>(0), Used = row.GetFieldValue<DateTimeOffset>(1) }, cancel);
        return kept is [var now] && !IsOver(now) && await Admits(stay.StaffId, stay.DeviceId, cancel);
    }

    /// <summary>What the desk is told of it.</summary>
    public OutsideSession Tell(OutsideStay stay)
    {
        ArgumentNullException.ThrowIfNull(stay);
        return new OutsideSession(
            policy.EndOf(stay.Begun, stay.Used), stay.Begun + policy.AtMost, (int)policy.WarnBefore.TotalSeconds);
    }

    private bool IsOver(OutsideStay stay) => clock.GetUtcNow() >= policy.EndOf(stay.Begun, stay.Used);

    // A session that is over stays so: its last use is not moved.
    private async Task<OutsideStay> Use(OutsideStay stay, bool used, CancellationToken cancel)
    {
        await using var use = database.CreateCommand(
            """
            insert into accounts.outside_session as there values ($1, $2, $3, $4)
            on conflict (session_id) do update
            set used_at = case when $5 and there.used_at > $6 then greatest(there.used_at, excluded.used_at) else there.used_at end
            returning begun_at, used_at
            """);
        var now = clock.GetUtcNow();
        use.Parameters.Add(new NpgsqlParameter { Value = stay.SessionId });
        use.Parameters.Add(new NpgsqlParameter { Value = stay.StaffId });
        use.Parameters.Add(new NpgsqlParameter { Value = stay.Begun });
        use.Parameters.Add(new NpgsqlParameter { Value = now });
        use.Parameters.Add(new NpgsqlParameter { Value = used });
        use.Parameters.Add(new NpgsqlParameter { Value = now - policy.IdleFor });
        var (begun, last) = (await use.ListOf(row => (row.GetFieldValue<DateTimeOffset>(0), row.GetFieldValue<DateTimeOffset>(1)), cancel)).Single();
        return stay with { Begun = begun, Used = last };
    }

    // What the desk does by itself keeps nobody signed in who has gone: it asks who is there, and connects again.
    private static bool IsUse(HttpRequest request) =>
        !request.Headers.ContainsKey(Headers.ByItself) && !request.Path.StartsWithSegments("/hubs", StringComparison.Ordinal)
        && !(HttpMethods.IsGet(request.Method) && request.Path.StartsWithSegments("/api/v1/session", StringComparison.Ordinal));
}

/// <summary>Where a request comes from.</summary>
public static class OutsideRequests
{
    /// <summary>The session outside the office; null in the office.</summary>
    public static OutsideStay? Outside(this HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.Features.Get<OutsideStay>();
    }
}
