using System.CommandLine;
using System.Globalization;
using Intake.Application.Policies;
using Intake.EventLog;
using Intake.EventLog.Serialisation;
using Intake.Host.Hosting;
using Intake.Projections.Engine;
using Npgsql;

namespace Intake.Host.Cli;

/// <summary><c>verify</c>, <c>rebuild</c> and <c>resume</c>: the log and what is made from it.</summary>
public static class LogCommands
{
    /// <summary><c>verify</c></summary>
    public static Command CreateVerify()
    {
        var verify = new Command("verify", "Reconciles the log with the read models: positions without gaps, live rows equal to rebuilt rows.");
        verify.SetAction(Verify);
        return verify;
    }

    /// <summary><c>rebuild</c></summary>
    public static Command CreateRebuild()
    {
        var projection = new Option<string?>("--projection") { Description = "Only this one; all without it." };
        var rebuild = new Command("rebuild", "Builds read models anew beside the old ones and switches without an outage.") { projection };
        rebuild.SetAction((parsed, cancel) => Rebuild(parsed, Chosen(parsed.GetValue(projection)), cancel));
        return rebuild;
    }

    /// <summary><c>resume</c></summary>
    public static Command CreateResume()
    {
        var projection = new Argument<string>("PROJECTION") { Description = "The read model that an event has stopped." };
        var resume = new Command("resume", "Lets a read model that was stopped by an event try again.") { projection };
        resume.SetAction(async (parsed, cancel) =>
        {
            await using var stores = await Stores.Open(parsed, cancel);
            var name = Chosen(parsed.GetValue(projection))[0].Name;
            await stores.Services.GetRequiredService<ProjectionEngine>().Resume(name, cancel);
            Output.Write(parsed, new { resumed = name }, [$"{name} tries again."]);
            return 0;
        });
        return resume;
    }

    private static async Task<int> Verify(ParseResult parsed, CancellationToken cancel)
    {
        await using var stores = await Stores.Open(parsed, cancel);
        await IntakeServices.RefuseRowsOfAnotherLog(stores.Services, cancel);
        await Console.Error.WriteLineAsync("Folding the log anew and comparing ...");
        var verification = new Verification(
            stores.Services.GetRequiredService<IEventLog>(), EventCodec.Default, Options(stores));
        var report = await verification.Run(IntakeServices.Projections, cancel);
        Output.Write(
            parsed,
            new
            {
                ok = report.Ok,
                events = report.Events,
                gaps = report.Gaps,
                logSha256 = report.Log.Sha256,
                projections = report.Projections.Select(one => new
                {
                    name = one.Name,
                    version = one.Version,
                    position = one.Position,
                    eventsBehind = one.EventsBehind,
                    liveHash = one.LiveHash,
                    rebuiltHash = one.RebuiltHash,
                }),
            },
            [
                $"{report.Events} events, {report.Gaps} gaps",
                $"log sha256 {report.Log.Sha256}",
                .. report.Projections.Select(one => string.Create(
                    CultureInfo.InvariantCulture,
                    $"{one.Name} v{one.Version} at {one.Position}, {one.EventsBehind} behind: {(one.Equal ? "equal" : "DIFFERENT")} {one.LiveHash[..Math.Min(12, one.LiveHash.Length)]}")),
                report.Ok ? "ok" : "NOT OK",
            ]);
        return report.Ok ? 0 : 1;
    }

    private static async Task<int> Rebuild(ParseResult parsed, IReadOnlyList<Projection> projections, CancellationToken cancel)
    {
        await using var stores = await Stores.Open(parsed, cancel);
        var log = stores.Services.GetRequiredService<IEventLog>();
        var origin = stores.Services.GetRequiredService<LogOrigin>();
        var doubt = await origin.Doubt(cancel);
        if (doubt != LogDoubt.None && projections.Count < IntakeServices.Projections.Count)
        {
            throw new UsageException(
                "The read models were made from another event log, or from a later state of this one; all of them must be built anew: leave --projection out.");
        }

        var head = await log.Head(cancel);
        var progress = new Reported(head);
        var report = await new Rebuild(log, EventCodec.Default, Options(stores)).Run(projections, progress, cancel);
        if (doubt != LogDoubt.None)
        {
            await FollowUpService.StartOver(stores.Services.GetRequiredService<NpgsqlDataSource>(), cancel);
            await origin.Keep(cancel);
        }

        Output.Write(
            parsed,
            new { events = report.Events, seconds = report.Elapsed.TotalSeconds, projections = projections.Select(one => one.Name) },
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{projections.Count} read models rebuilt from {report.Events} events in {report.Elapsed.TotalSeconds:0.0} s"),
            ]);
        return 0;
    }

    private static ProjectionEngineOptions Options(Stores stores) =>
        new(stores.Services.GetRequiredService<HostSettings>().ConnectionString);

    private static IReadOnlyList<Projection> Chosen(string? name) => name is null
        ? IntakeServices.Projections
        : IntakeServices.Projections.Where(one => one.Name == name).ToList() is { Count: 1 } found
            ? found
            : throw new UsageException(
                $"There is no read model '{name}'. There are: {string.Join(", ", IntakeServices.Projections.Select(one => one.Name))}.");

    private sealed class Reported(LogPosition head) : IProgress<RebuildProgress>
    {
        public void Report(RebuildProgress value) => Console.Error.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"rebuild: position {value.Position} of {head}"));
    }
}
