using System.Collections.Concurrent;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Intake.Contracts;
using Intake.Host.Hosting;
using Intake.Host.Simulation;

namespace Intake.Host.Cli;

/// <summary><c>simulate</c>: people at work, through the public interface and hub of the running host.</summary>
public static class SimulateCommand
{
    private static readonly string[] Reasons = ["has enough", "too dear", "does not sell", "wants to try later"];

    public static Command Create()
    {
        var orders = new Option<string?>("--orders") { Description = "Take the imported past orders of this source again: northwind." };
        var count = new Option<int?>("--count") { Description = "So many orders; all without it." };
        var floor = new Option<bool>("--floor") { Description = "Keep a believable floor alive until Ctrl+C." };
        var speed = new Option<double?>("--speed")
        {
            Description = "With --orders: calls a second at most (as fast as they are answered without it). With --floor: so many times faster than people (1).",
        };
        var leave = new Option<string?>("--leave") { Description = "With --floor: an operator whose seat stays free for you (olga)." };
        var command = new Command("simulate", "People at work, through the public interface of the running host.") { orders, count, floor, speed, leave };
        command.SetAction(async (parsed, cancel) => (parsed.GetValue(orders), parsed.GetValue(floor)) switch
        {
            ({ } source, false) => await History(parsed, source, parsed.GetValue(count), parsed.GetValue(speed), cancel),
            (null, true) => await Floor(parsed, Math.Clamp(parsed.GetValue(speed) ?? 1, 0.1, 100), parsed.GetValue(leave) ?? "olga", cancel),
            _ => throw new UsageException("Say what to simulate: --orders northwind, or --floor."),
        });
        return command;
    }

    private static async Task<int> History(ParseResult parsed, string source, int? count, double? perSecond, CancellationToken cancel)
    {
        await using var staff = await Staff.SignIn(parsed, Works, source, cancel);
        var tally = new Tally();
        var shift = new Shift(staff.Seats, staff.Telephone, tally, Pace.None, _ => Reasons[0]);
        await shift.SignOn(cancel);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var work = shift.Work(end.Token);
        var taking = new PastOrders(staff.Of("head"), shift, tally).Take(source, count, perSecond, new Progress(Console.Error), end.Token);
        await await Task.WhenAny(work, taking);
        await taking;
        await end.CancelAsync();
        await work.ContinueWith(_ => { }, TaskScheduler.Default);
        await shift.SignOff(cancel);
        Say(parsed, tally, staff.Latencies);
        return tally is { TotalsDiffer: 0 } ? 0 : 1;
    }

    private static async Task<int> Floor(ParseResult parsed, double speed, string leave, CancellationToken cancel)
    {
        await using var staff = await Staff.SignIn(
            parsed, person => person.StaffId != leave && Works(person), "floor", cancel);
        var random = new Random();
        var tally = new Tally();
        var shift = new Shift(
            staff.Seats, staff.Telephone, tally, new Pace(1.5 / speed, 5 / speed, random), _ => Reasons[random.Next(Reasons.Length)]);
        await shift.SignOn(cancel);
        await Console.Error.WriteLineAsync(
            $"{staff.Seats.Count} people are at work; the seat of {leave} is free for you. Ctrl+C ends the shift.");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var work = shift.Work(end.Token);
        var life = new FloorLife(staff.Seats[0], shift, staff.Telephone, speed, random).Live(end.Token);
        var first = await Task.WhenAny(work, life);
        await end.CancelAsync();
        await Task.WhenAll(work, life).ContinueWith(_ => { }, TaskScheduler.Default);
        if (first.IsFaulted)
        {
            await first;
        }

        await shift.SignOff(CancellationToken.None);
        Say(parsed, tally, staff.Latencies);
        return 0;
    }

    private static bool Works(FloorPerson person) => person.Role is "operator" or "manager" or "keyAccountManager" or "head" or "finance";

    private static void Say(ParseResult parsed, Tally tally, IReadOnlyCollection<double> latencies)
    {
        var (p50, p99) = (Tally.Percentile(latencies, 0.5), Tally.Percentile(latencies, 0.99));
        Output.Write(
            parsed,
            new
            {
                calls = tally.Calls,
                submitted = tally.Submitted,
                refused = tally.Refused,
                escalated = tally.Escalated,
                offersAccepted = tally.OffersAccepted,
                offersDeclined = tally.OffersDeclined,
                totalsDiffer = tally.TotalsDiffer,
                commandP50Ms = p50,
                commandP99Ms = p99,
            },
            [
                $"{tally.Calls} calls, {tally.Submitted} orders submitted, {tally.AnsweredWithoutOrder} calls that wanted none",
                .. tally.Refused.Select(refused => $"  refused: {refused.Key} {refused.Value}"),
                $"{tally.Escalated} escalated; offers: {tally.OffersAccepted} accepted, {tally.OffersDeclined} declined",
                tally.TotalsDiffer == 0 ? "all totals are as they had to be" : $"{tally.TotalsDiffer} TOTALS DIFFER",
                string.Create(CultureInfo.InvariantCulture, $"{latencies.Count} commands, p50 {p50} ms, p99 {p99} ms"),
            ]);
    }

    // The staff of the running host, signed in.
    private sealed class Staff : IAsyncDisposable
    {
        private readonly HostAt _host;

        private Staff(HostAt host, IReadOnlyList<Seat> seats, Telephone telephone) => (_host, Seats, Telephone) = (host, seats, telephone);

        public IReadOnlyList<Seat> Seats { get; }

        public Telephone Telephone { get; }

        public IReadOnlyCollection<double> Latencies => _host.Latencies;

        public Seat Of(string role) => Seats.FirstOrDefault(seat => seat.Person.Role == role)
            ?? throw new UsageException($"Nobody here is a {role}.");

        public static async Task<Staff> SignIn(ParseResult parsed, Func<FloorPerson, bool> wanted, string run, CancellationToken cancel)
        {
            var data = new DataFolder(parsed.GetValue(IntakeCommand.Data)!);
            var host = new HostAt(new Uri(Running(data).Url), new ConcurrentBag<double>());
            var password = data.Secret("first-password");
            var people = await People(parsed, cancel);
            var seats = new List<Seat>();
            foreach (var person in people.Where(wanted))
            {
                seats.Add(await Seat.SignIn(host, person.StaffId, password, cancel));
            }

            return seats.Count > 0
                ? new Staff(host, seats, new Telephone(
                    host, data.Secret("telephony-key"), string.Create(CultureInfo.InvariantCulture, $"{run}-{DateTime.UtcNow:yyyyMMddHHmmssfff}")))
                : throw new UsageException("Nobody works here. Import a company first: ops/intake import northwind FILE");
        }

        public async ValueTask DisposeAsync()
        {
            Telephone.Dispose();
            foreach (var seat in Seats)
            {
                await seat.DisposeAsync();
            }
        }

        // Who works here is known without a sign-in only to those who have the stores.
        private static async Task<IReadOnlyList<FloorPerson>> People(ParseResult parsed, CancellationToken cancel)
        {
            await using var database = Npgsql.NpgsqlDataSource.Create(IntakeCommand.Settings(parsed).ConnectionString);
            return await Queries.FloorQueries.Everybody(database, cancel);
        }

        private static HostAddress Running(DataFolder data) =>
            File.Exists(data.HostFile)
            && JsonSerializer.Deserialize<HostAddress>(File.ReadAllText(data.HostFile), JsonSerializerOptions.Web) is { } host
                ? host
                : throw new UsageException($"No host runs on {data.Path}. Start it: ops/up --data {data.Path}");
    }
}
