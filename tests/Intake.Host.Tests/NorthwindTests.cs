using System.Text.Json;
using Intake.Host.Hosting;
using Intake.Testing;
using Intake.Testing.EventStoreDb;

namespace Intake.Host.Tests;

/// <summary>The whole history of a food wholesaler, imported as it is and taken again by telephone through the public interface.</summary>
public sealed class NorthwindTests
{
    [NorthwindFact]
    public async Task All_830_orders_are_taken_by_telephone_or_refused_with_a_reason_and_the_log_verifies()
    {
        var data = Directory.CreateTempSubdirectory("intake-northwind-");
        var cluster = await PostgresCluster.Shared();
        var place = new Place(await cluster.CreateDatabase("northwind"), TestServer.Named);
        using var host = Executable.Start(place, "serve", "--no-demo", "--port", "0", "--data", data.FullName);
        host.OutputDataReceived += static (_, _) => { };
        host.BeginOutputReadLine();
        try
        {
            await Eventually.Holds(
                () => File.Exists(Path.Combine(data.FullName, "host.json")), "the host listens", TimeSpan.FromMinutes(2));

            var imported = await Run(place, data.FullName, "import", "northwind", NorthwindFactAttribute.File!, "--json");
            var again = await Run(place, data.FullName, "import", "northwind", NorthwindFactAttribute.File!, "--json");
            Assert.Equal((91, 77, 9, 830), (
                Number(imported, "clients"), Number(imported, "products"), Number(imported, "staff"), Number(imported, "orders")));
            Assert.Equal(0, imported.GetProperty("rejected").GetArrayLength());
            Assert.Equal(imported.ToString(), again.ToString());

            var taken = await Run(place, data.FullName, "simulate", "--orders", "northwind", "--json");
            var refused = taken.GetProperty("refused").EnumerateObject().Sum(reason => reason.Value.GetInt32());
            Assert.Equal(830, Number(taken, "calls"));
            Assert.Equal(830, Number(taken, "submitted") + refused);
            Assert.Equal(0, Number(taken, "totalsDiffer"));
            Assert.True(Number(taken, "submitted") > 0 && Number(taken, "escalated") > 0 && Number(taken, "offersAccepted") > 0, taken.ToString());

            var verified = await Run(place, data.FullName, "verify", "--json");
            Assert.True(verified.GetProperty("ok").GetBoolean(), verified.ToString());
            Assert.Equal(0, Number(verified, "gaps"));
            Assert.Equal(IntakeServices.Projections.Count, verified.GetProperty("projections").GetArrayLength());
        }
        finally
        {
            host.Kill(entireProcessTree: true);
            await host.WaitForExitAsync();
            data.Delete(recursive: true);
        }
    }

    private static int Number(JsonElement said, string name) => said.GetProperty(name).GetInt32();

    private static async Task<JsonElement> Run(Place place, string data, params string[] arguments)
    {
        var ended = await Executable.Run(place, [.. arguments, "--data", data]);
        Assert.True(ended.Code == 0, $"{string.Join(' ', arguments)} ended with {ended.Code}: {ended.Messages} {ended.Output}");
        return ended.Json;
    }
}

/// <summary>Runs where Northwind's dump is at hand: in a folder <c>shared/data</c> beside the repository, or named by INTAKE_SHARED_DATA.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NorthwindFactAttribute : FactAttribute
{
    public NorthwindFactAttribute()
    {
        if (File is null)
        {
            Skip = "Northwind's dump is not here; name its folder in INTAKE_SHARED_DATA.";
        }
    }

    /// <summary>The dump, or null.</summary>
    public static string? File { get; } = Candidates().FirstOrDefault(System.IO.File.Exists);

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("INTAKE_SHARED_DATA") is { Length: > 0 } named)
        {
            yield return Path.Combine(named, "northwind", "northwind.sql");
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "Intake.sln")) && folder.Parent is { } beside)
            {
                yield return Path.Combine(beside.FullName, "shared", "data", "northwind", "northwind.sql");
            }
        }
    }
}
