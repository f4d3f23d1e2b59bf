using System.Data;
using System.Text.Json;
using Intake.Application;
using Intake.Application.LookUps;
using Intake.Contracts;
using Intake.Projections.Completeness;
using Npgsql;

namespace Intake.Host.Queries;

/// <summary>Holds what the telephony says against what people have registered and reported.</summary>
public sealed class CompletenessQuery(NpgsqlDataSource database, Home home, TimeProvider clock)
{
    /// <summary>How far from the reported moment of an attempt its call may have gone out. Younger attempts are not doubted yet.</summary>
    public static readonly TimeSpan AroundAnAttempt = TimeSpan.FromMinutes(15);

    /// <summary>How long a person may be ready here while his phone takes no calls; shorter is a slip, or two clocks.</summary>
    public static readonly TimeSpan ReadyWithoutPhone = TimeSpan.FromSeconds(60);

    /// <summary>The kinds of gaps, in the order in which they are shown.</summary>
    public static readonly IReadOnlyList<string> Kinds =
        ["answeredNotRegistered", "takenNotClosed", "missed", "talkedWithoutAnswer", "attemptWithoutCall", "readyWithoutPhone"];

    /// <summary>
    /// Over, and owed a registration: a condition on a row of <c>completeness.call</c>. A call going out is registered by the attempt that it
    /// serves, unless somebody took it.
    /// </summary>
    internal const string NotRegistered =
        "closed_by is null and not to_callback and (ended_at is not null or silent) and (claimed_by is not null or (answered_at is not null and direction = 'Inbound'))";

    // When a person was ready, and when a phone took no calls, as far as the day needs it: what changed on it, and how it stood before. An end
    // that is not known is now. The latest of several words that say the same changes nothing.
    private const string Presence =
        """
        readiness as (
            select staff_id, person, ready, at, sequence, stream from completeness.readiness where at >= $1 and at < $2 + $6
            union all
            select before.* from (select distinct staff_id from completeness.appointment) known cross join lateral (
                select staff_id, person, ready, at, sequence, stream from completeness.readiness
                where staff_id = known.staff_id and at < $1 order by at desc, sequence desc limit 1) before),
        ready as (
            select * from (
                select staff_id, person, stream, ready, at as begins, lead(at, 1, least($5, $2 + $6)) over (partition by staff_id order by at, sequence) as ends
                from (select *, lag(ready) over (partition by staff_id order by at, sequence) as before from readiness) moment
                where ready is distinct from before) span
            where ready),
        phone as (
            select extension, state, at, sequence from completeness.phone where at >= $1 and at < $2 + $6
            union all
            select before.* from (select distinct extension from completeness.appointment where extension <> '') known cross join lateral (
                select extension, state, at, sequence from completeness.phone
                where extension = known.extension and at < $1 order by at desc, sequence desc limit 1) before),
        off as (
            select * from (
                select extension, state, at as begins, lead(at, 1, least($5, $2 + $6)) over (partition by extension order by at, sequence) as ends
                from (select *, lag(state = 'Available') over (partition by extension order by at, sequence) as before from phone) moment
                where (state = 'Available') is distinct from before) span
            where state <> 'Available')
        """;

    // Each call is in one row of this at most twice: it may be owed a registration and have no answer on the phone.
    private const string AllGaps =
        $"""
        with call as (
            select *, exists (select from completeness.call told where told.source = day.source and told.answered_at is not null) as answers_told
            from completeness.call day where first_at >= $1 and first_at < $2),
        {Presence},
        gap as (
            select case when claimed_by is null then 'answeredNotRegistered' else 'takenNotClosed' end as kind,
                'call-' || call_id as stream, coalesce(answered_at, first_at) as at, number, client_name, claimed_by as person, extension, ''::text as result
            from call where {NotRegistered}
            union all
            select 'missed', 'call-' || call_id, coalesce(queued_at, first_at), number, client_name, null, '', ''
            from call
            where claimed_by is null and closed_by is null and answered_at is null and queued_at is not null and not to_callback
                and direction = 'Inbound' and (ended_at is not null or silent or left_queue)
            union all
            select 'talkedWithoutAnswer', 'call-' || call_id, first_at, number, client_name, coalesce(closed_by, claimed_by), '', coalesce(result, '')
            from call
            where answers_told and answered_at is null and (claimed_by is not null or closed_by is not null)
                and (ended_at is not null or silent or closed_by is not null)
            union all
            select 'attemptWithoutCall', 'callback-' || attempt.callback_id, attempt.at, coalesce(promise.number, ''),
                coalesce(promise.client_name, ''), attempt.by, '', case when attempt.reached then 'reached' else 'notReached' end
            from completeness.attempt left join completeness.promise on promise.callback_id = attempt.callback_id
            where attempt.at >= $1 and attempt.at < $2 and attempt.at < $3
                and exists (select from completeness.call where direction = 'Outbound')
                and not exists (
                    select from completeness.call dialled
                    where dialled.direction = 'Outbound' and right(dialled.number, 9) = right(promise.number, 9)
                        and dialled.first_at between attempt.at - $4 and attempt.at + $4)
            union all
            select 'readyWithoutPhone', ready.stream, greatest(ready.begins, off.begins), '', '', ready.person, off.extension,
                off.state
            from ready
            cross join lateral (
                select extension from completeness.appointment
                where staff_id = ready.staff_id and at <= ready.begins order by at desc, sequence desc limit 1) his
            join off on off.extension = his.extension
            where greatest(ready.begins, off.begins) >= $1 and greatest(ready.begins, off.begins) < $2
                and least(ready.ends, off.ends) - greatest(ready.begins, off.begins) > $6)
        """;

    /// <summary>The day's gaps.</summary>
    /// <param name="kind">Only of this kind; of all where it is null.</param>
    /// <param name="most">How many are listed; all are counted.</param>
    public async Task<CompletenessReport> Of(DateOnly? day, string? kind, int skip, int most, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var asked = day ?? home.DayOf(now);
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var stand = await connection.Stand(CompletenessProjection.Definition.Name, cancel);
        var (inFeed, registered, answersTold, outgoingTold, presenceTold) = await Sums(connection, asked, cancel);
        var counts = await Query(
            $"{AllGaps} select kind, count(*)::int from gap group by kind", row => new GapCount(row.GetString(0), row.GetInt32(1)));
        var gaps = await Query(
            $"""
            {AllGaps} select kind, stream, at, number, client_name, person, extension, result, exists (
                select from operator_queue.call floor where 'call-' || floor.key = stream and floor.phase = 'Unregistered')
            from gap where $7 = '' or kind = $7 order by at, stream, kind offset $8 limit $9
            """,
            Gap, kind ?? string.Empty, skip, most);
        return new CompletenessReport(
            asked, stand.Position, inFeed, registered, inFeed > 0 ? (double)registered / inFeed : null, answersTold, outgoingTold, presenceTold,
            [.. Kinds.Select(one => counts.FirstOrDefault(count => count.Kind == one) ?? new GapCount(one, 0))], gaps);

        async Task<IReadOnlyList<T>> Query<T>(string statement, Func<NpgsqlDataReader, T> read, params object[] more)
        {
#pragma warning disable CA2100 // Written in this class; values are parameters.
            await using var query = new NpgsqlCommand(statement, connection);
#pragma warning restore CA2100
            foreach (var value in new object[]
            {
                home.StartOf(asked).UtcDateTime, home.StartOf(asked.AddDays(1)).UtcDateTime, (now - AroundAnAttempt).UtcDateTime, AroundAnAttempt,
                now.UtcDateTime, ReadyWithoutPhone,
            }.Concat(more))
            {
                query.Parameters.Add(new NpgsqlParameter { Value = value });
            }

            return await query.ListOf(read, cancel);
        }
    }

    private async Task<(int InFeed, int Registered, bool AnswersTold, bool OutgoingTold, bool PresenceTold)> Sums(
        NpgsqlConnection connection, DateOnly day, CancellationToken cancel)
    {
        await using var query = new NpgsqlCommand(
            """
            select count(*)::int, count(*) filter (where closed_by is not null or to_callback)::int,
                exists (select from completeness.call where answered_at is not null),
                exists (select from completeness.call where direction = 'Outbound'), exists (select from completeness.phone)
            from completeness.call where first_at >= $1 and first_at < $2 and direction = 'Inbound'
            """,
            connection);
        query.Parameters.Add(new NpgsqlParameter { Value = home.StartOf(day).UtcDateTime });
        query.Parameters.Add(new NpgsqlParameter { Value = home.StartOf(day.AddDays(1)).UtcDateTime });
        return (await query.ListOf(row => (row.GetInt32(0), row.GetInt32(1), row.GetBoolean(2), row.GetBoolean(3), row.GetBoolean(4)), cancel)).Single();
    }

    private static Gap Gap(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2), row.GetString(3), row.GetString(4),
        row.IsDBNull(5) ? null : JsonSerializer.Deserialize<Person>(row.GetString(5), JsonSerializerOptions.Web), row.GetString(6),
        row.GetString(7) is { Length: > 0 } result ? JsonNamingPolicy.CamelCase.ConvertName(result) : string.Empty,
        row.GetBoolean(8));
}
