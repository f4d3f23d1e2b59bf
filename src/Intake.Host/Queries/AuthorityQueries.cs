using System.Data;
using AutoMapper;
using Intake.Contracts;
using Intake.Projections.Authority;
using Npgsql;
using CoverageRow = Intake.Projections.Authority.CoverageRow;
using DeviceRow = Intake.Projections.Authority.DeviceRow;
using EscalationRow = Intake.Projections.Authority.EscalationRow;

namespace Intake.Host.Queries;

/// <summary>Decisions owed and given, and who stands in for whom.</summary>
public sealed class AuthorityQueries(NpgsqlDataSource database, IMapper mapper)
{
    /// <summary>What is owed and who is absent, with the position: all of it is from one moment.</summary>
    public async Task<DecisionsSnapshot> Snapshot(CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var stand = await connection.Stand(AuthorityProjection.Definition.Name, cancel);
        return new DecisionsSnapshot(
            stand.Generation, stand.Position,
            await Escalations(connection, "where not decided order by deadline nulls first, key", cancel),
            await Absences(connection, "where phase <> 'Ended' order by begins, key", cancel));
    }

    /// <summary>What changed after a position; null where other tables have taken over since.</summary>
    public async Task<DecisionsChange?> Since(Stand known, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(known);
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var stand = await connection.Stand(AuthorityProjection.Definition.Name, cancel);
        return stand.Generation != known.Generation
            ? null
            : new DecisionsChange(
                stand.Generation, known.Position, stand.Position,
                await Escalations(connection, "where changed_at > $1", cancel, known.Position),
                await Absences(connection, "where changed_at > $1", cancel, known.Position));
    }

    /// <summary>The newest absences, over or not.</summary>
    public async Task<IReadOnlyList<Contracts.CoverageRow>> Newest(int take, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        return await Absences(connection, "order by begins desc, key limit $1", cancel, take);
    }

    /// <summary>Devices outside the office, those that wait first, then the newest.</summary>
    public async Task<IReadOnlyList<Contracts.DeviceRow>> Devices(int take, CancellationToken cancel) =>
    [
        .. (await database.Rows<DeviceRow>("authority.device", "order by phase <> 'Requested', coalesce(decided_at, requested_at) desc, key limit $1", cancel, take))
            .Select(one => mapper.ToWire<Contracts.DeviceRow>(one.Row, one.At)),
    ];

    private async Task<IReadOnlyList<Contracts.EscalationRow>> Escalations(
        NpgsqlConnection connection, string rest, CancellationToken cancel, params object[] parameters) =>
    [
        .. (await connection.Rows<EscalationRow>("authority.escalation", rest, cancel, parameters))
            .Select(one => mapper.ToWire<Contracts.EscalationRow>(one.Row, one.At)),
    ];

    private async Task<IReadOnlyList<Contracts.CoverageRow>> Absences(
        NpgsqlConnection connection, string rest, CancellationToken cancel, params object[] parameters) =>
    [
        .. (await connection.Rows<CoverageRow>("authority.coverage", rest, cancel, parameters))
            .Select(one => mapper.ToWire<Contracts.CoverageRow>(one.Row, one.At)),
    ];
}
