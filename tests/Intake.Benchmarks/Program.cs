using System.CommandLine;
using Intake.Benchmarks;

var database = new Option<string>("--connection")
{
    Description = "Npgsql connection string of a server where databases may be created; INTAKE_BENCH_POSTGRES if not given.",
    DefaultValueFactory = _ => Environment.GetEnvironmentVariable("INTAKE_BENCH_POSTGRES") ?? "",
};
var eventStore = new Option<string?>("--eventlog")
{
    Description = "Connection string of an EventStoreDB (esdb://...) that keeps the log instead; best one without anything in it.",
};
var seconds = new Option<double>("--seconds") { Description = "Length of a run.", DefaultValueFactory = _ => 5 };
var runs = new Option<int>("--runs") { Description = "Runs; the median is printed.", DefaultValueFactory = _ => 3 };
var names = new Argument<string[]>("benchmark")
{
    Description = $"Some of: {string.Join(", ", Suite.All.Select(b => b.Name))}; all if none is given.",
};
var root = new RootCommand("Measures the event log. Figures go to stdout as 'name value unit'; the conditions go to stderr.")
{
    names, database, eventStore, seconds, runs,
};
root.SetAction(async (arguments, cancel) =>
{
    var asked = arguments.GetValue(names) is { Length: > 0 } some ? some : [.. Suite.All.Select(b => b.Name)];
    if (asked.FirstOrDefault(name => Suite.All.All(b => b.Name != name)) is { } unknown)
    {
        await Console.Error.WriteLineAsync($"There is no benchmark '{unknown}'. There are: {string.Join(", ", Suite.All.Select(b => b.Name))}.");
        return 2;
    }

    if (arguments.GetValue(database) is not { Length: > 0 } postgres)
    {
        await Console.Error.WriteLineAsync("No server: give --connection or INTAKE_BENCH_POSTGRES (ops/postgres start DIR prints one).");
        return 2;
    }

    var length = new RunLength(TimeSpan.FromSeconds(arguments.GetValue(seconds)), arguments.GetValue(runs));
    var server = new Server(postgres, arguments.GetValue(eventStore));
    await Conditions.Print(server, length, cancel);
    try
    {
        foreach (var benchmark in Suite.All.Where(b => asked.Contains(b.Name) && (server.EventStore is null || !b.OfPostgres)))
        {
            foreach (var figure in await benchmark.Measure(server, length, cancel))
                Console.WriteLine(figure);
        }
    }
    finally
    {
        await server.DropDatabases();
    }

    return 0;
});
return await root.Parse(args).InvokeAsync();
