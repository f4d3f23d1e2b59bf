using Intake.EventLog.EventStoreDb;

namespace Intake.EventLog.Tests.EventStoreDb;

public sealed class ConnectionStringTests : IDisposable
{
    private readonly string certificate = Path.GetTempFileName();

    public void Dispose() => File.Delete(certificate);

    [Fact]
    public void A_host_alone_has_the_defaults_of_the_official_clients()
    {
        var connection = EventStoreDbConnection.Parse("esdb://store.example");
        Assert.Equal([new NodeAddress("store.example", 2113)], connection.Nodes);
        Assert.False(connection.Discover);
        Assert.Equal((true, true, null, null), (connection.Tls, connection.TlsVerifyCert, connection.TlsCaFile, connection.User));
        Assert.Equal((10, 100, 5_000), (connection.MaxDiscoverAttempts, (int)connection.DiscoveryInterval.TotalMilliseconds, (int)connection.GossipTimeout.TotalMilliseconds));
        Assert.Equal((10, 10, 10), ((int)connection.KeepAliveInterval.TotalSeconds, (int)connection.KeepAliveTimeout.TotalSeconds, (int)connection.DefaultDeadline.TotalSeconds));
        Assert.Equal(NodePreference.Leader, connection.NodePreference);
    }

    [Fact]
    public void Every_option_is_taken_whatever_the_case_of_its_name()
    {
        var connection = EventStoreDbConnection.Parse(
            $"esdb://ann:p%40ss%3Aword@a:1111,[::1]:2222/?TLS=true&tlsverifycert=False&tlsCaFile={certificate}&userCertFile={certificate}&userKeyFile={certificate}"
            + "&connectionName=floor&maxDiscoverAttempts=3&discoveryInterval=50&gossipTimeout=700&nodePreference=readOnlyReplica"
            + "&keepAliveInterval=-1&keepAliveTimeout=2500&defaultDeadline=1500&throwOnAppendFailure=false");
        Assert.Equal([new NodeAddress("a", 1111), new NodeAddress("::1", 2222)], connection.Nodes);
        Assert.Equal(("ann", "p@ss:word", "floor"), (connection.User, connection.Password, connection.ConnectionName));
        Assert.Equal((true, true, false), (connection.Discover, connection.Tls, connection.TlsVerifyCert));
        Assert.Equal((certificate, certificate, certificate), (connection.TlsCaFile, connection.UserCertFile, connection.UserKeyFile));
        Assert.Equal((3, 50d, 700d), (connection.MaxDiscoverAttempts, connection.DiscoveryInterval.TotalMilliseconds, connection.GossipTimeout.TotalMilliseconds));
        Assert.Equal(NodePreference.ReadOnlyReplica, connection.NodePreference);
        Assert.Equal((Timeout.InfiniteTimeSpan, 2.5, 1.5), (connection.KeepAliveInterval, connection.KeepAliveTimeout.TotalSeconds, connection.DefaultDeadline.TotalSeconds));
    }

    [Theory]
    [InlineData("esdb+discover://a")]
    [InlineData("kurrentdb+discover://a")]
    [InlineData("ESDB+Discover://a")]
    [InlineData("kurrentdb://a,b")]
    [InlineData("kdb://a,b")]
    public void A_cluster_is_discovered(string connectionString)
    {
        Assert.True(EventStoreDbConnection.IsOne(connectionString));
        Assert.True(EventStoreDbConnection.Parse(connectionString).Discover);
    }

    [Theory]
    [InlineData("Host=localhost;Database=intake")]
    [InlineData("http://localhost:2113")]
    [InlineData("")]
    public void Other_strings_are_none(string connectionString) => Assert.False(EventStoreDbConnection.IsOne(connectionString));

    [Theory]
    [InlineData("store.example:2113", "no scheme")]
    [InlineData("http://store.example", "scheme 'http'")]
    [InlineData("esdb://", "names no host")]
    [InlineData("esdb://a,,b", "names no host")]
    [InlineData("esdb://a b", "host 'a b'")]
    [InlineData("esdb://a:port", "something after the : that is no port")]
    [InlineData("esdb://a:0", "something after the : that is no port")]
    [InlineData("esdb://a:65536", "something after the : that is no port")]
    [InlineData("esdb://a/path", "path '/path'")]
    [InlineData("esdb://secret@a", "not user:password")]
    [InlineData("esdb://a?tls", "option 'tls'")]
    [InlineData("esdb://a?colour=red", "option 'colour', which does not exist")]
    [InlineData("esdb://a?tls=true&TLS=false", "option 'TLS' twice")]
    [InlineData("esdb://a?tls=yes", "tls the value 'yes'; it is true or false")]
    [InlineData("esdb://a?throwOnAppendFailure=maybe", "true or false")]
    [InlineData("esdb://a?maxDiscoverAttempts=0", "a whole number from 1")]
    [InlineData("esdb://a?gossipTimeout=-5", "a number of milliseconds")]
    [InlineData("esdb://a?keepAliveInterval=0", "or -1 for never")]
    [InlineData("esdb://a?defaultDeadline=10s", "a number of milliseconds")]
    [InlineData("esdb://a?nodePreference=boss", "leader, follower, random or readOnlyReplica")]
    [InlineData("esdb://a?tlsCaFile=/no/such/file.pem", "the path of a file that exists")]
    public void A_wrong_string_says_which_part_is_wrong(string connectionString, string says)
    {
        var wrong = Assert.Throws<EventLogConnectionException>(() => EventStoreDbConnection.Parse(connectionString));
        Assert.Contains(says, wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_without_its_key_is_refused() => Assert.Contains(
        "go together",
        Assert.Throws<EventLogConnectionException>(() => EventStoreDbConnection.Parse($"esdb://a?userCertFile={certificate}")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void What_is_shown_of_a_connection_holds_no_secret() =>
        Assert.Equal("esdb+discover://a:2113,b:2114", EventStoreDbConnection.Parse("esdb://ann:secret@a,b:2114?tls=false").ToString());
}
