using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Intake.Host.Hosting;

namespace Intake.Host.Cli;

/// <summary><c>serve</c>: runs the host until it is told to stop.</summary>
public static class ServeCommand
{
    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "Port on the loopback address.", DefaultValueFactory = _ => 5080 };
        var noDemo = new Option<bool>("--no-demo") { Description = "Do not load the demo company into an empty system." };
        var command = new Command("serve", "Runs the host: desk, interface, live hub.") { port, noDemo };
        command.SetAction((parsed, cancel) => Serve(
            IntakeCommand.Settings(parsed), parsed.GetValue(port), demo: !parsed.GetValue(noDemo), cancel));
        return command;
    }

    private static async Task<int> Serve(HostSettings settings, int port, bool demo, CancellationToken cancel)
    {
        RefuseTakenPort(port);
        await IntakeServices.Migrate(settings.ConnectionString, cancel);
        await using var app = WebHost.Build(settings, $"http://127.0.0.1:{port}");
        if (demo)
        {
            await DemoStart.LoadIntoEmpty(app.Services, Console.Error, cancel);
        }

        await app.StartAsync(cancel);
        await IntakeServices.ReadModelsOf(app.Services, cancel);
        var address = app.Urls.First();
        await File.WriteAllTextAsync(
            settings.Data.HostFile, JsonSerializer.Serialize(new HostAddress(address, Environment.ProcessId), JsonSerializerOptions.Web), cancel);
        await SayWhere(settings, address, cancel);
        await app.WaitForShutdownAsync(CancellationToken.None);
        File.Delete(settings.Data.HostFile);
        return 0;
    }

    private static async Task SayWhere(HostSettings settings, string address, CancellationToken cancel)
    {
        var accounts = await DemoStart.Accounts(settings.Data, cancel);
        if (accounts.Count > 0)
        {
            Console.WriteLine($"Demo accounts, all with the password {settings.Data.Secret("first-password")}");
            foreach (var role in accounts.Select(line => line.Split('\t')).GroupBy(parts => parts[1]))
            {
                Console.WriteLine($"  {role.Key,-18} {string.Join(", ", role.Select(parts => parts[0]))}");
            }
        }

        Console.WriteLine($"Intake listens on {address}");
    }

    private static void RefuseTakenPort(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
        }
        catch (SocketException taken)
        {
            throw new UsageException($"Port {port} is taken. Choose another one: ops/up --port {port + 1}", taken);
        }
    }
}

/// <summary>Where a host listens, and as which process.</summary>
public sealed record HostAddress(string Url, int Pid);
