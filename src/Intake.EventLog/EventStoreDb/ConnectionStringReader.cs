using System.Globalization;

namespace Intake.EventLog.EventStoreDb;

/// <summary>Reads the connection strings of EventStoreDB's official clients. Messages never repeat the password.</summary>
internal static class ConnectionStringReader
{
    private static readonly string[] Products = ["esdb", "kurrentdb", "kurrent", "kdb"];

    private static readonly Dictionary<string, Func<EventStoreDbConnection, string, string, EventStoreDbConnection>> Options =
        new(StringComparer.OrdinalIgnoreCase)
        {
            ["tls"] = (to, option, value) => to with { Tls = Bool(option, value) },
            ["tlsVerifyCert"] = (to, option, value) => to with { TlsVerifyCert = Bool(option, value) },
            ["tlsCaFile"] = (to, option, value) => to with { TlsCaFile = File(option, value) },
            ["userCertFile"] = (to, option, value) => to with { UserCertFile = File(option, value) },
            ["userKeyFile"] = (to, option, value) => to with { UserKeyFile = File(option, value) },
            ["connectionName"] = (to, _, value) => to with { ConnectionName = value },
            ["maxDiscoverAttempts"] = (to, option, value) => to with { MaxDiscoverAttempts = Number(option, value, least: 1) },
            ["discoveryInterval"] = (to, option, value) => to with { DiscoveryInterval = Milliseconds(option, value) },
            ["gossipTimeout"] = (to, option, value) => to with { GossipTimeout = Milliseconds(option, value) },
            ["nodePreference"] = (to, option, value) => to with { NodePreference = Preference(option, value) },
            ["keepAliveInterval"] = (to, option, value) => to with { KeepAliveInterval = MillisecondsOrNever(option, value) },
            ["keepAliveTimeout"] = (to, option, value) => to with { KeepAliveTimeout = MillisecondsOrNever(option, value) },
            ["defaultDeadline"] = (to, option, value) => to with { DefaultDeadline = Milliseconds(option, value) },

            // Known to the official clients; here a failed append is an outcome or an exception by its kind, whatever this says.
            ["throwOnAppendFailure"] = (to, option, value) =>
            {
                _ = Bool(option, value);
                return to;
            },
        };

    public static bool IsOne(string connectionString)
    {
        var end = connectionString.IndexOf("://", StringComparison.Ordinal);
        return end > 0 && Products.Contains(Product(connectionString[..end]), StringComparer.OrdinalIgnoreCase);
    }

    public static EventStoreDbConnection Read(string connectionString)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        var schemeEnd = connectionString.IndexOf("://", StringComparison.Ordinal);
        if (schemeEnd < 0)
            throw Wrong("has no scheme", "it begins with esdb:// or esdb+discover://");
        if (!IsOne(connectionString))
            throw Wrong($"has the scheme '{connectionString[..schemeEnd]}'", "it is esdb, esdb+discover, kurrentdb or kurrentdb+discover");

        var rest = connectionString[(schemeEnd + 3)..];
        var optionsAt = rest.IndexOf('?', StringComparison.Ordinal);
        var options = optionsAt < 0 ? "" : rest[(optionsAt + 1)..];
        var authority = optionsAt < 0 ? rest : rest[..optionsAt];

        // A password may hold an @ that nobody has escaped: the last one ends it.
        var userEnd = authority.LastIndexOf('@');
        if (userEnd < 0 && options.Contains('@', StringComparison.Ordinal))
            throw Wrong("has a ? before the @", "a ? in a password is written %3F, an @ in an option %40");
        var hosts = authority[(userEnd + 1)..];
        var slash = hosts.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0 && slash != hosts.Length - 1)
            throw Wrong($"has the path '{hosts[slash..]}'", "after the hosts come options, from a ?, and nothing else");

        var nodes = hosts.TrimEnd('/').Split(',').Select(Node).ToList();
        var discover = connectionString[..schemeEnd].EndsWith("+discover", StringComparison.OrdinalIgnoreCase) || nodes.Count > 1;
        var connection = WithOptions(new EventStoreDbConnection(nodes, discover), options);
        if ((connection.UserCertFile is null) != (connection.UserKeyFile is null))
            throw Wrong("names only one of userCertFile and userKeyFile", "a certificate and its key go together");
        return userEnd < 0 ? connection : WithUser(connection, authority[..userEnd]);
    }

    private static string Product(string scheme) =>
        scheme.EndsWith("+discover", StringComparison.OrdinalIgnoreCase) ? scheme[..^"+discover".Length] : scheme;

    private static EventStoreDbConnection WithUser(EventStoreDbConnection connection, string user)
    {
        var colon = user.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            ? connection with { User = Uri.UnescapeDataString(user[..colon]), Password = Uri.UnescapeDataString(user[(colon + 1)..]) }
            : throw Wrong("has something before the @ that is not user:password", "it is user:password@host, special signs percent-encoded");
    }

    private static EventStoreDbConnection WithOptions(EventStoreDbConnection connection, string options)
    {
        var given = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in options.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            if (pair.Split('=', 2) is not [var option, var value])
                throw Wrong($"has the option '{pair}'", "an option is name=value");
            if (!Options.TryGetValue(option, out var apply))
                throw Wrong($"has the option '{option}', which does not exist", $"options are {string.Join(", ", Options.Keys)}");
            if (!given.Add(option))
                throw Wrong($"has the option '{option}' twice", "each option is given once");
            connection = apply(connection, option, Uri.UnescapeDataString(value));
        }

        return connection;
    }

    private static NodeAddress Node(string text)
    {
        var port = EventStoreDbConnection.DefaultPort;
        var host = text;
        var colon = text.LastIndexOf(':');
        if (colon > text.LastIndexOf(']'))
        {
            host = text[..colon];
            // What stands there may be a password whose @host was forgotten.
            if (!int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535)
                throw Wrong($"has the host '{text[..colon]}' with something after the : that is no port", "a port is a number from 1 to 65535");
        }

        host = host.Trim('[', ']');
        return Uri.CheckHostName(host) != UriHostNameType.Unknown
            ? new NodeAddress(host, port)
            : throw Wrong(host.Length == 0 ? "names no host" : $"has the host '{host}'", "a host is a name or an address, and :port where it is not 2113");
    }

    private static bool Bool(string option, string value) =>
        bool.TryParse(value, out var yes) ? yes : throw WrongValue(option, value, "true or false");

    private static int Number(string option, string value, int least) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw WrongValue(option, value, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least}"));

    private static TimeSpan Milliseconds(string option, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? TimeSpan.FromMilliseconds(number)
            : throw WrongValue(option, value, "a number of milliseconds, more than 0");

    private static TimeSpan MillisecondsOrNever(string option, string value) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number is -1 or > 0
            ? (number < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(number))
            : throw WrongValue(option, value, "a number of milliseconds, or -1 for never");

    private static NodePreference Preference(string option, string value) =>
        Enum.GetNames<NodePreference>().FirstOrDefault(name => name.Equals(value, StringComparison.OrdinalIgnoreCase)) is { } name
            ? Enum.Parse<NodePreference>(name)
            : throw WrongValue(option, value, "leader, follower, random or readOnlyReplica");

    private static string File(string option, string value) =>
        System.IO.File.Exists(value) ? Path.GetFullPath(value) : throw WrongValue(option, value, "the path of a file that exists");

    private static EventLogConnectionException WrongValue(string option, string value, string may) =>
        Wrong($"gives the option {option} the value '{value}'", $"it is {may}");

    private static EventLogConnectionException Wrong(string what, string may) => new($"The event log's connection string {what}; {may}.");
}
