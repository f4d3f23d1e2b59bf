using System.Security.Cryptography.X509Certificates;

namespace Intake.Ops.Tests;

/// <summary>The scripts of ops/eventstoredb, as far as they can be tried without a server.</summary>
public sealed class EventStoreScriptsTests : IDisposable
{
    private readonly string folder = Directory.CreateDirectory(Scripts.NewFolder()).FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("admit")]
    [InlineData("backup")]
    [InlineData("certificates")]
    [InlineData("install-projections")]
    public async Task Each_explains_itself_and_refuses_what_it_does_not_understand(string script)
    {
        var help = await Scripts.Run($"ops/eventstoredb/{script}", "--help");
        Assert.Equal(0, help.Code);
        Assert.StartsWith($"usage: ops/eventstoredb/{script} ", help.Output, StringComparison.Ordinal);
        var refused = await Scripts.Run($"ops/eventstoredb/{script}", "--no-such-option");
        Assert.Equal(2, refused.Code);
        Assert.StartsWith($"ops/eventstoredb/{script}: ", refused.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificates_are_signed_by_the_authority_for_the_names_that_were_asked_and_made_once()
    {
        var made = await Certificates("node1=node1,10.0.0.1 node2=node2");
        Assert.True(made.Code == 0, made.Messages);
        using var authority = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(folder, "ca", "ca.crt"));
        using var first = Certificate("node1");
        Assert.Equal("CN=eventstoredb-node", first.Subject);
        Assert.True(first.MatchesHostname("node1") && first.MatchesHostname("10.0.0.1") && !first.MatchesHostname("node2"));
        using var chain = new X509Chain
        {
            ChainPolicy =
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { authority },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        };
        Assert.True(chain.Build(first));
        string[] keys = ["authority.key", "node1/node.key", "node2/node.key"];
        Assert.All(keys, key => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, key))));

        var again = await Certificates("node1=node1,10.0.0.1 node2=other");
        Assert.Equal(0, again.Code);
        using var same = Certificate("node1");
        using var renamed = Certificate("node2");
        Assert.Equal(first.Thumbprint, same.Thumbprint);
        Assert.True(renamed.MatchesHostname("other"));
    }

    [Theory]
    [InlineData("node1")]
    [InlineData("ca=node1")]
    [InlineData("../node1=node1")]
    [InlineData("node1=a;b")]
    public async Task A_node_that_cannot_be_understood_gets_no_certificate(string node)
    {
        Assert.Equal(2, (await Certificates(node)).Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public async Task A_second_copy_takes_the_chunk_that_was_written_to_and_what_is_new_and_drops_what_is_gone()
    {
        Log(("chaser.chk", "1"), ("chunk-000000.000000", "a"), ("chunk-000001.000000", "b"));
        Assert.Equal(0, (await Backup("db index copy")).Code);
        Log(("chaser.chk", "2"), ("chunk-000000.000000", "never changes"), ("chunk-000001.000000", "b grown"), ("chunk-000002.000000", "c"));
        Assert.Equal(0, (await Backup("db index copy")).Code);
        Assert.Equal(
            ["chaser.chk=2", "chunk-000000.000000=a", "chunk-000001.000000=b grown", "chunk-000002.000000=c", "writer.chk=w"], Files("copy/db"));

        File.Delete(Path.Combine(folder, "db", "chunk-000000.000000"));
        Log(("chunk-000000.000001", "scavenged"));
        Assert.Equal(0, (await Backup("db index copy")).Code);
        Assert.DoesNotContain("chunk-000000.000000=a", Files("copy/db"));
        Assert.Contains("chunk-000000.000001=scavenged", Files("copy/db"));
    }

    [Fact]
    public async Task A_copy_is_put_back_into_empty_folders_only_and_cut_off_at_its_checkpoint()
    {
        Log(("chaser.chk", "7"), ("truncate.chk", "old"), ("chunk-000000.000000", "a"));
        Directory.CreateDirectory(Path.Combine(folder, "index"));
        await File.WriteAllTextAsync(Path.Combine(folder, "index", "indexmap"), "map");
        Assert.Equal(0, (await Backup("db index copy")).Code);
        Assert.Equal(1, (await Backup("--restore copy db index")).Code);

        Assert.Equal(0, (await Backup("--restore copy new/db new/index")).Code);

        Assert.Equal(["chaser.chk=7", "chunk-000000.000000=a", "truncate.chk=7", "writer.chk=w"], Files("new/db"));
        Assert.Equal(["indexmap=map"], Files("new/index"));
    }

    private Task<Ended> Certificates(string nodes) => Scripts.Run("ops/eventstoredb/certificates", $"{folder} {nodes}");

    private Task<Ended> Backup(string arguments) => Scripts.Run(
        "ops/eventstoredb/backup",
        string.Join(' ', arguments.Split(' ').Select(word => word.StartsWith('-') ? word : Path.Combine(folder, word))));

    private X509Certificate2 Certificate(string node) => X509CertificateLoader.LoadCertificateFromFile(Path.Combine(folder, node, "node.crt"));

    private void Log(params IEnumerable<(string Name, string Text)> files)
    {
        Directory.CreateDirectory(Path.Combine(folder, "db"));
        foreach (var (name, text) in files.Append(("writer.chk", "w")))
            File.WriteAllText(Path.Combine(folder, "db", name), text);
    }

    private IEnumerable<string> Files(string of) => Directory.EnumerateFiles(Path.Combine(folder, of), "*", SearchOption.AllDirectories)
        .Select(file => $"{Path.GetFileName(file)}={File.ReadAllText(file)}").Order(StringComparer.Ordinal);
}
