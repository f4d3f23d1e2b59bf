using Intake.Domain;
using Intake.Domain.Calls;
using Intake.Projections.Engine;

namespace Intake.Projections.Tests.Engine;

/// <summary>A read model for tests: calls that are not over, and a count for each queue, so that one event touches several tables.</summary>
internal static class FloorProjection
{
    public const string Schema = """
        create table call (
          key text primary key, changed_at bigint not null,
          call_id text not null, queue text not null, queued_at timestamptz not null, claimed_at timestamptz, by jsonb,
          purpose text, signals jsonb not null, worth numeric not null);
        create table queue (
          key text primary key, changed_at bigint not null,
          name text not null, arrived int not null, claimed int not null, waited_ms bigint not null, mean_seconds double precision);
        """;

    public static Projection Version(int version, string name = "floor", Action<CallEvent>? before = null) => new(
        name, version, Schema,
        [
            new Table<CallRow>("call")
                .On<CallQueued>(e => e.CallId, (_, e, _) => Checked(e, before, new CallRow(e.CallId, e.Queue, e.At, null, null, null, [e.Signal], 0.10m)))
                .On<CallClaimed>(e => e.CallId, (row, e, _) => row! with { ClaimedAt = e.At, By = e.By, Worth = row.Worth + 1.250m })
                .On<PurposeStated>(e => e.CallId, (row, e, _) => row?.Purpose == e.Purpose ? row : row! with { Purpose = e.Purpose })
                .On<CallHeld>(e => e.CallId, (row, e, _) => row! with { Signals = [.. row.Signals, e.Signal] })
                .On<CallAbandoned>(e => e.CallId, (_, _, _) => null),
            new Table<QueueRow>("queue")
                .On<CallQueued>(e => e.Queue, (row, e, _) => (row ?? new QueueRow(e.Queue, 0, 0, 0, null)).Arrive())
                .On<CallClaimed>(e => e.Queue, (row, e, _) => row!.Claim(e.WaitedMs)),
        ]);

    private static CallRow Checked(CallEvent e, Action<CallEvent>? before, CallRow row)
    {
        before?.Invoke(e);
        return row;
    }
}

internal sealed record CallRow(
    string CallId, string Queue, DateTimeOffset QueuedAt, DateTimeOffset? ClaimedAt, StaffRef? By, CallPurpose? Purpose,
    IReadOnlyList<string> Signals, decimal Worth);

internal sealed record QueueRow(string Name, int Arrived, int Claimed, long WaitedMs, double? MeanSeconds)
{
    public QueueRow Arrive() => this with { Arrived = Arrived + 1 };

    public QueueRow Claim(long waitedMs) =>
        this with { Claimed = Claimed + 1, WaitedMs = WaitedMs + waitedMs, MeanSeconds = (WaitedMs + waitedMs) / 1000.0 / (Claimed + 1) };
}
