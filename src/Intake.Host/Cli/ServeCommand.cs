using System.CommandLine;
using System.CommandLine.Parsing;
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
        var port = new Option<int>("--port") { Description = "Port to listen on.", DefaultValueFactory = _ => 5080 };
        var listen = new Option<IPAddress>("--listen")
        {
            Description = "Address to listen on; 0.0.0.0 or :: for all. The host speaks plain HTTP: let others reach it through a proxy with TLS only.",
            DefaultValueFactory = _ => IPAddress.Loopback,
            CustomParser = Address,
        };
        var noDemo = new Option<bool>("--no-demo") { Description = "Do not load the demo company into an empty system." };
        var command = new Command("serve", "Runs the host: desk, interface, live hub.") { port, listen, noDemo };
        command.SetAction((parsed, cancel) => Serve(
            IntakeCommand.Settings(parsed), new IPEndPoint(parsed.GetValue(listen)!, parsed.GetValue(port)), demo: !parsed.GetValue(noDemo), cancel));
        return command;
    }

    private static IPAddress? Address(ArgumentResult given)
    {
        if (IPAddress.TryParse(given.Tokens[0].Value, out var address))
            return address;
        given.AddError($"--listen '{given.Tokens[0].Value}' is no address; it is one of this machine's, such as 127.0.0.1 or 0.0.0.0.");
        return null;
    }

    private static async Task<int> Serve(HostSettings settings, IPEndPoint place, bool demo, CancellationToken cancel)
    {
        RefuseTakenPort(place);
        await IntakeServices.Migrate(settings, cancel);
        await using var app = WebHost.Build(settings, $"http://{place}");
        await IntakeServices.RefuseRowsOfAnotherLog(app.Services, cancel);
        if (demo)
        {
            await DemoStart.LoadIntoEmpty(app.Services, Console.Error, cancel);
        }

        await app.StartAsync(cancel);
        await IntakeServices.ReadModelsOf(app.Services, cancel);
        var address = Reachable(app.Urls.First(), place.Address);
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

    // Who listens on every address is reached from here by the loopback.
    private static string Reachable(string url, IPAddress address) =>
        address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)
            ? new UriBuilder(url) { Host = "127.0.0.1" }.Uri.GetLeftPart(UriPartial.Authority)
            : url;

    private static void RefuseTakenPort(IPEndPoint place)
    {
        try
        {
            using var probe = new TcpListener(place);
            probe.Start();
        }
        catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new UsageException($"Port {place.Port} is taken. Choose another one: ops/up --port {place.Port + 1}", taken);
        }
        catch (SocketException refused)
        {
            throw new UsageException($"Cannot listen on {place}: {refused.Message}.", refused);
        }
    }
}

/// <summary>Where a host listens, and as which process.</summary>
public sealed record HostAddress(string Url, int Pid);
