using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Intake.EventLog.EventStoreDb;
using Intake.EventLog.Tests.Contract;
using Intake.Testing.EventStoreDb;

namespace Intake.EventLog.Tests.EventStoreDb;

/// <summary>Each way in which a server says no becomes the log's own word for it, and a connection is what its string says.</summary>
public sealed class EventStoreDbRefusalTests
{
    private static readonly NodeUser Admin = new("admin", "changeit", NodeRights.All);
    private static readonly NodeUser Guest = new("guest", "guest", NodeRights.None);

    [Fact]
    public async Task A_node_that_is_not_the_leader_is_left_for_the_one_that_it_names()
    {
        await using var nodes = await EventStoreNodes.Started();
        var follower = nodes.Members[1];
        await using var log = new EventStoreDbEventLog(OpenedStore.Options(follower.ConnectionString));
        await log.MustAppend(Sample.Stream(), -1, Sample.Event());
        Assert.Equal(1, nodes.Members[0].Faults.AppendsWritten);
        Assert.Single(await log.After(LogPosition.Start));
    }

    [Fact]
    public async Task Refusals_that_pass_are_waited_out()
    {
        await using var node = await EventStoreNode.Started();
        await using var log = new EventStoreDbEventLog(OpenedStore.Options(node.ConnectionString));
        NodeRefusal[] refusals = [new NodeRefusal.NoLeaderInfo(), new NodeRefusal.NotReady(), new NodeRefusal.TooBusy()];
        foreach (var refusal in refusals)
        {
            var stream = Sample.Stream();
            node.Faults.RefuseAppends(refusal, times: 2);
            await log.MustAppend(stream, -1, Sample.Event());
            node.Faults.RefuseReads(refusal, times: 2);
            Assert.Single(await log.StreamOf(stream));
        }

        Assert.Equal(3, node.Faults.AppendsWritten);
    }

    [Fact]
    public async Task A_cluster_without_a_leader_is_unavailable_and_says_why()
    {
        await using var nodes = await EventStoreNodes.Started();
        await using var log = new EventStoreDbEventLog(
            OpenedStore.Options($"{nodes.ConnectionString}&maxDiscoverAttempts=2&discoveryInterval=10") with { GiveUpAfter = TimeSpan.FromMilliseconds(200) });
        await nodes.Leader!.Kill();
        var fault = await Assert.ThrowsAsync<EventLogUnavailableException>(() => log.Append(Sample.Stream(), ExpectedRevision.NoStream, [Sample.Event()]));
        Assert.Contains("after 2 attempts", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_follower_is_preferred_where_the_connection_says_so()
    {
        await using var nodes = await EventStoreNodes.Started();
        await using var log = new EventStoreDbEventLog(OpenedStore.Options($"{nodes.ConnectionString}&nodePreference=follower"));
        await log.MustAppend(Sample.Stream(), -1, Sample.Event());
        Assert.Equal(0, nodes.Leader!.Faults.AppendsReceived);
        Assert.Single(await log.After(LogPosition.Start));
    }

    [Fact]
    public async Task A_wrong_password_is_no_outage()
    {
        await using var node = await EventStoreNode.Started(new EventStoreNodeOptions { Users = [Admin] });
        await using var log = new EventStoreDbEventLog(OpenedStore.Options(node.ConnectionStringOf(Admin with { Password = "wrong" })));
        var append = await Assert.ThrowsAsync<EventLogAccessDeniedException>(() => log.Append(Sample.Stream(), ExpectedRevision.NoStream, [Sample.Event()]));
        Assert.DoesNotContain("wrong", append.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<EventLogAccessDeniedException>(() => log.Head());
    }

    [Fact]
    public async Task A_user_without_rights_is_no_outage()
    {
        await using var node = await EventStoreNode.Started(new EventStoreNodeOptions { Users = [Admin, Guest] });
        await using var log = new EventStoreDbEventLog(OpenedStore.Options(node.ConnectionStringOf(Guest)));
        await Assert.ThrowsAsync<EventLogAccessDeniedException>(() => log.Append(Sample.Stream(), ExpectedRevision.NoStream, [Sample.Event()]));
        await Assert.ThrowsAsync<EventLogAccessDeniedException>(() => log.After(LogPosition.Start));
        await Assert.ThrowsAsync<EventLogAccessDeniedException>(() => log.Follow(LogPosition.Start, _ => true));
        await using var allowed = new EventStoreDbEventLog(OpenedStore.Options(node.ConnectionStringOf(Admin)));
        await allowed.MustAppend(Sample.Stream(), -1, Sample.Event());
    }

    [Fact]
    public async Task A_stream_deleted_by_hand_is_a_fault_that_says_so()
    {
        await using var node = await EventStoreNode.Started();
        await using var log = new EventStoreDbEventLog(OpenedStore.Options(node.ConnectionString));
        var stream = Sample.Stream();
        await log.MustAppend(stream, -1, Sample.Event());
        node.Tombstone(stream.ToString());
        var fault = await Assert.ThrowsAsync<StreamDeletedException>(() => log.Append(stream, new ExpectedRevision(0), [Sample.Event()]));
        Assert.Contains(stream.ToString(), fault.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StreamDeletedException>(() => log.StreamOf(stream));
    }

    [Fact]
    public async Task An_append_beyond_the_servers_size_is_refused_with_the_size()
    {
        await using var node = await EventStoreNode.Started(new EventStoreNodeOptions { MaxAppendSize = 10_000 });
        await using var log = new EventStoreDbEventLog(OpenedStore.Options(node.ConnectionString));
        var stream = Sample.Stream();
        var fault = await Assert.ThrowsAsync<AppendTooLargeException>(
            () => log.Append(stream, ExpectedRevision.NoStream, [Sample.Event(new string(' ', 20_000))]));
        Assert.Contains("10000", fault.Message, StringComparison.Ordinal);
        Assert.Empty(await log.StreamOf(stream));
    }

    [Fact]
    public async Task A_position_of_another_log_is_a_fault()
    {
        await using var server = await TestServer.Start();
        await using var log = new EventStoreDbEventLog(OpenedStore.Options(server));
        var position = (await log.MustAppend(Sample.Stream(), -1, Sample.Events(3))).Position;
        var between = LogPosition.Of((long)position.Commit - 1);
        await Assert.ThrowsAsync<PositionNotInLogException>(() => log.After(between));
        await Assert.ThrowsAsync<PositionNotInLogException>(() => log.Follow(between, said => said.Count > 5));
    }

    [Theory]
    [InlineData("a-b.")]
    [InlineData("$a.")]
    public void A_prefix_that_would_mix_streams_is_refused(string prefix) => Assert.Throws<EventLogConnectionException>(
        () => new EventStoreDbEventLog(OpenedStore.Options("esdb://a") with { StreamPrefix = prefix }));

    [Fact]
    public async Task A_server_is_believed_when_its_certificate_is_signed_by_the_given_authority()
    {
        var folder = Directory.CreateTempSubdirectory("intake-tls-");
        try
        {
            using var authority = Authority("CN=ours");
            using var stranger = Authority("CN=theirs");
            var (ours, theirs) = (Path.Combine(folder.FullName, "ours.crt"), Path.Combine(folder.FullName, "theirs.crt"));
            await File.WriteAllTextAsync(ours, authority.ExportCertificatePem());
            await File.WriteAllTextAsync(theirs, stranger.ExportCertificatePem());
            await using var node = await EventStoreNode.Started(new EventStoreNodeOptions { Certificate = Signed(authority) });

            await using var log = new EventStoreDbEventLog(OpenedStore.Options($"esdb://127.0.0.1:{node.Port}?tlsCaFile={ours}"));
            await log.MustAppend(Sample.Stream(), -1, Sample.Event());

            foreach (var doubted in new[] { $"?tlsCaFile={theirs}", "" })
            {
                await using var wary = new EventStoreDbEventLog(
                    OpenedStore.Options($"esdb://127.0.0.1:{node.Port}{doubted}") with { GiveUpAfter = TimeSpan.FromMilliseconds(100) });
                await Assert.ThrowsAsync<EventLogUnavailableException>(() => wary.Head());
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private static X509Certificate2 Signed(X509Certificate2 authority)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=eventstoredb-node", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1), [1, 2, 3]);
        using var whole = certificate.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }
}
