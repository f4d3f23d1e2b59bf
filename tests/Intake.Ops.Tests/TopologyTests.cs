using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Intake.EventLog.EventStoreDb;

namespace Intake.Ops.Tests;

/// <summary>What would hurt if it were otherwise in ops/compose.yaml, ops/proxy and ops/eventstoredb.</summary>
public sealed partial class TopologyTests
{
    private static readonly string[] Nodes = ["node1", "node2", "node3"];
    private static readonly string[] Hosts = ["intake1", "intake2"];
    private static readonly string[] Once = ["certificates", "event-log-users"];
    private static readonly string Proxy = Topology.Text("ops/proxy/nginx.conf");

    [Fact]
    public void Every_image_has_a_tag_that_says_its_version()
    {
        var images = Topology.Services.Select(one => (string)one.Service["image"]!)
            .Concat(From().Matches(Topology.Text("ops/Dockerfile")).Select(match => match.Groups["image"].Value)).ToList();
        Assert.Equal(12, images.Count);
        Assert.All(images, image => Assert.Matches(@"^[a-z][a-z0-9./-]*:\d+\.\d+[a-z0-9.-]*$", image));
    }

    [Fact]
    public void No_secret_has_a_default()
    {
        var asked = Variable().Matches(Topology.ComposeText).Select(match => (Name: match.Groups["name"].Value, Otherwise: match.Groups["otherwise"].Value)).ToList();
        var secrets = asked.Where(one => Secret().IsMatch(one.Name)).ToList();
        Assert.Equal(6, secrets.Select(one => one.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.All(secrets, secret => Assert.StartsWith(":?", secret.Otherwise, StringComparison.Ordinal));
        Assert.All(secrets, secret => Assert.Contains($"\n{secret.Name}=\n", Topology.Text("ops/.env.example"), StringComparison.Ordinal));
        Assert.All(asked, one => Assert.Contains($"\n{one.Name}=", Topology.Text("ops/.env.example"), StringComparison.Ordinal));

        var given = Topology.Services.SelectMany(one => one.Service["environment"]?.AsObject() ?? []).Where(one => one.Key.Contains("PASSWORD", StringComparison.Ordinal)).ToList();
        Assert.Equal(8, given.Count);
        Assert.All(given, one => Assert.Matches(@"^\$\{\w+:\?.*\}$", (string)one.Value!));
        Assert.Contains("ops/.env\n", Topology.Text(".gitignore"), StringComparison.Ordinal);
    }

    [Fact]
    public void Three_nodes_know_each_other_and_themselves_by_names_that_their_certificates_have()
    {
        var certificates = Topology.Words(Topology.Service("certificates")["command"]).ToList();
        Assert.Equal("3", (string)Topology.NodeSettings["ClusterSize"]!);
        foreach (var node in Nodes)
        {
            var environment = Topology.Service(node)["environment"]!;
            Assert.Equal(node, (string)environment["EVENTSTORE_NODE_HOST_ADVERTISE_AS"]!);
            Assert.Equal(node, (string)environment["EVENTSTORE_REPLICATION_HOST_ADVERTISE_AS"]!);
            Assert.Equal($"/etc/eventstore/certs/{node}/node.crt", (string)environment["EVENTSTORE_CERTIFICATE_FILE"]!);
            Assert.Equal($"/etc/eventstore/certs/{node}/node.key", (string)environment["EVENTSTORE_CERTIFICATE_PRIVATE_KEY_FILE"]!);
            Assert.Equal(Nodes.Where(other => other != node).Select(other => $"{other}:2113"), ((string)environment["EVENTSTORE_GOSSIP_SEED"]!).Split(','));
            Assert.Contains(certificates, word => word.StartsWith($"{node}={node},", StringComparison.Ordinal));
            Assert.Contains($"{node}:/var/lib/eventstore", Topology.Words(Topology.Service(node)["volumes"]));
        }
    }

    [Fact]
    public void What_is_acknowledged_is_on_the_disk()
    {
        Assert.Equal("false", (string)Topology.NodeSettings["UnsafeDisableFlushToDisk"]!);
        Assert.Equal("false", (string)Topology.NodeSettings["MemDb"]!);
        var postgres = Topology.Words(Topology.Service("postgres")["command"]).ToList();
        Assert.All(["fsync=on", "full_page_writes=on", "synchronous_commit=on"], setting => Assert.Contains(setting, postgres));
    }

    /// <summary>In the file it keeps the server from starting.</summary>
    [Fact]
    public void Telemetry_is_refused_in_the_environment_only()
    {
        Assert.Null(Topology.NodeSettings["TelemetryOptout"]);
        Assert.All(Nodes, node => Assert.Equal("true", (string)Topology.Service(node)["environment"]!["EVENTSTORE_TELEMETRY_OPTOUT"]!));
    }

    [Fact]
    public void Two_hosts_share_log_database_and_keys_and_nothing_else()
    {
        var environments = Hosts.Select(host => Topology.Service(host)["environment"]!).ToList();
        Assert.True(JsonNode.DeepEquals(environments[0], environments[1]));
        var log = ((string)environments[0]["INTAKE_EVENTLOG"]!).Split("?tls=");
        Assert.Equal(Nodes, EventStoreDbConnection.Parse(Variable().Replace(log[0], "word")).Nodes.Select(node => node.Host));
        Assert.Equal("true&tlsCAFile=/certs/ca/ca.crt", log[1]);
        foreach (var host in Hosts)
        {
            var volumes = Topology.Words(Topology.Service(host)["volumes"]).ToList();
            Assert.Contains($"{host}:/data", volumes);
            Assert.Contains("cookie-keys:/data/keys", volumes);
            Assert.Contains(volumes, volume => volume.EndsWith(":/data/telephony-key:ro", StringComparison.Ordinal));
        }

        Assert.Equal("service_healthy", (string)Topology.Service("intake2")["depends_on"]!["intake1"]!["condition"]!);
    }

    [Fact]
    public void Whatever_stays_up_is_restarted_limited_and_watched_and_waits_for_what_it_needs()
    {
        var image = Topology.Text("ops/Dockerfile");
        Assert.Contains("HEALTHCHECK", image, StringComparison.Ordinal);
        Assert.Contains("\nUSER app\n", image, StringComparison.Ordinal);
        foreach (var (name, service) in Topology.Services)
        {
            Assert.NotNull(service["mem_limit"]);
            Assert.Equal(Once.Contains(name) ? "no" : "unless-stopped", (string)service["restart"]!);
            Assert.True(Once.Contains(name) || Hosts.Contains(name) || service["healthcheck"] is not null, $"{name} has no health check");
            Assert.All(
                service["depends_on"]?.AsObject() ?? [],
                needed => Assert.Equal(Once.Contains(needed.Key) ? "service_completed_successfully" : "service_healthy", (string)needed.Value!["condition"]!));
        }
    }

    [Fact]
    public void The_proxy_keeps_WebSockets_and_sends_each_desk_to_one_host()
    {
        Assert.All(Hosts, host => Assert.Contains($"server {host}:5080 ", Proxy, StringComparison.Ordinal));
        string[] wanted =
        [
            "hash $desk consistent;", "proxy_http_version 1.1;", "proxy_set_header Upgrade $http_upgrade;", "proxy_set_header Connection $connection_header;",
            "proxy_set_header Host $http_host;", "proxy_set_header X-Forwarded-Proto $scheme;", "proxy_set_header X-Forwarded-For $remote_addr;",
            "proxy_read_timeout 1h;",
        ];
        Assert.All(wanted, line => Assert.Contains(line, Proxy, StringComparison.Ordinal));
        Assert.Contains("ASPNETCORE_FORWARDEDHEADERS_ENABLED=true", Topology.Text("ops/Dockerfile"), StringComparison.Ordinal);

        // A header of a location's own would take the place of the door's cookie.
        Assert.DoesNotContain("add_header", Proxy[Proxy.IndexOf("location", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public void Every_file_and_volume_that_is_named_is_there()
    {
        var mounted = Topology.Services.SelectMany(one => Topology.Words(one.Service["volumes"])).Select(volume => volume.Split(':')[0]).ToList();
        var files = mounted.Where(source => source.StartsWith("./", StringComparison.Ordinal)).Select(source => $"ops/{source}").ToList();
        files.AddRange(Copied().Matches(Topology.Text("ops/Dockerfile")).Select(match => match.Groups["source"].Value));
        files.AddRange(Topology.Services.Select(one => (string?)one.Service["build"]?["dockerfile"]).OfType<string>());
        Assert.True(files.Count >= 9, string.Join(' ', files));
        Assert.All(files, file => Assert.True(Path.Exists(Path.Combine(Scripts.Repository, file)), $"There is no {file}."));

        var volumes = mounted.Where(source => Volume().IsMatch(source)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        Assert.Equal(Topology.Compose["volumes"]!.AsObject().Select(volume => volume.Key).Order(StringComparer.Ordinal), volumes);
    }

    [GeneratedRegex("^FROM (?<image>[^ ]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex From();

    [GeneratedRegex("^COPY (?<source>(ops|projections)[^ ]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Copied();

    [GeneratedRegex(@"\$\{(?<name>\w+)(?<otherwise>[^}]*)\}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Variable();

    [GeneratedRegex("PASSWORD|KEY|CERTIFICATE", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Secret();

    [GeneratedRegex("^[a-z]", RegexOptions.NonBacktracking)]
    private static partial Regex Volume();
}
