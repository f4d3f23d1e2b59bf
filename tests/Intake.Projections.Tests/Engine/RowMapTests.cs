using Intake.Domain;
using Intake.Domain.Calls;
using Intake.Projections.Engine;

namespace Intake.Projections.Tests.Engine;

public sealed class RowMapTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly Kinds Full = new(
        "Łódź \"quoted\" 'n' so", 1, long.MaxValue, 12.340m, true, 0.1, Guid.Parse("0198c5a2-7d1e-7c3b-9a52-2f6f0b1c8d77"), At,
        new DateOnly(2026, 3, 2), CallPurpose.Order, new StaffRef("a", "Ä"), new Inner(CallResult.OrderTaken), 2, 3, 4.5m, false, 0.25, Guid.Empty,
        At.AddMinutes(1), new DateOnly(2026, 1, 1), CallResult.WrongNumber);

    private static readonly Kinds Bare = new(
        "", 0, 0, 0m, false, 0, Guid.Empty, At, default, CallPurpose.Other, null, default, null, null, null, null, null, null, null, null, null);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rows_come_back_as_they_went_by_statement_and_by_copy(bool byCopy)
    {
        await using var floor = await Floor.Open();
        var projection = new Projection("kinds", 1, Kinds.Schema, [new Table<Kinds>("kinds").On<CallQueued>(
            e => e.CallId, (_, e, _) => e.CallId == "full" ? Full with { At = e.At } : Bare)]);
        await floor.Append("bare", Floor.Queued("bare"));
        var last = await floor.Append("full", Floor.Queued("full"));
        if (byCopy)
        {
            await floor.Rebuild(projection);
        }
        else
        {
            await using var host = floor.Host(projection);
            await host.Reached(last, "kinds");
        }

        var rows = await floor.Rows<Kinds>("kinds.kinds");
        Assert.Equal(2, rows.Count);
        Assert.Equal(Bare, rows[0]);
        // The event said 09:00+02:00 and 0.1234567 s: kept in UTC and whole microseconds.
        Assert.Equal(Full with { At = new DateTimeOffset(2026, 3, 2, 7, 0, 0, TimeSpan.Zero).AddTicks(1_234_560) }, rows[1]);
        Assert.Equal("OrderTaken", await floor.Scalar<string>("select \"struct\" ->> 'result' from kinds.kinds where key = 'full'"));
    }

    [Fact]
    public void A_property_that_no_column_holds_is_refused() =>
        Assert.Contains("Waited", Assert.ThrowsAny<Exception>(() => RowMap.Of<Unmapped>()).GetBaseException().Message, StringComparison.Ordinal);

    private sealed record Unmapped(TimeSpan Waited);

    internal readonly record struct Inner(CallResult Result);

    internal sealed record Kinds(
        string Text, int Int, long Long, decimal Decimal, bool Bool, double Double, Guid Id, DateTimeOffset At, DateOnly Day, CallPurpose Purpose,
        StaffRef? Ref, Inner Struct, int? MaybeInt, long? MaybeLong, decimal? MaybeDecimal, bool? MaybeBool, double? MaybeDouble, Guid? MaybeId,
        DateTimeOffset? MaybeAt, DateOnly? MaybeDay, CallResult? MaybeResult)
    {
        public const string Schema = """
            create table kinds (key text primary key, changed_at bigint not null, text text not null, int int not null, long bigint not null,
              "decimal" numeric not null, bool boolean not null, "double" double precision not null, id uuid not null, at timestamptz not null,
              day date not null, purpose text not null, ref jsonb, struct jsonb not null, maybe_int int, maybe_long bigint, maybe_decimal numeric,
              maybe_bool boolean, maybe_double double precision, maybe_id uuid, maybe_at timestamptz, maybe_day date, maybe_result text)
            """;
    }
}
