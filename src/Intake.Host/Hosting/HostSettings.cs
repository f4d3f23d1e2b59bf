using System.Security.Cryptography;
using Intake.Application;
using Intake.Domain.Calls;
using Intake.Domain.Staff;
using Intake.Host.Accounts;
using Intake.Host.Public;

namespace Intake.Host.Hosting;

/// <summary>What a host needs to know to run.</summary>
/// <param name="ConnectionString">Of the database with read models and accounts, and with the log where nothing else is said.</param>
/// <param name="TelephonyKey">What the telephony shows to be believed.</param>
/// <param name="HomeZone">IANA name of the home time zone.</param>
public sealed record HostSettings(string ConnectionString, DataFolder Data, string TelephonyKey, string HomeZone)
{
    /// <summary>Of the event log: <c>esdb://...</c> for EventStoreDB; else a database of PostgreSQL, by default the same.</summary>
    public string EventLog { get; init; } = ConnectionString;

    /// <summary>Before the names of the log's streams, where an EventStoreDB keeps several logs; else empty.</summary>
    public string EventLogPrefix { get; init; } = string.Empty;

    /// <summary>Two letters of ISO 3166: the country whose form a telephone number without a country's code has.</summary>
    public string HomeCountry { get; init; } = TelephoneNumbers.CountryOf(HomeZone);

    /// <summary>How much the public may ask for.</summary>
    public PublicCallbackSettings Public { get; init; } = PublicCallbackSettings.Default;

    /// <summary>The company's times on the floor.</summary>
    public FloorPolicy Floor { get; init; } = FloorPolicy.Default;

    /// <summary>In which order waiting calls ring, and how long.</summary>
    public DistributionPolicy Distribution { get; init; } = DistributionPolicy.Default;

    /// <summary>The company's own networks; everywhere is the office where none is named.</summary>
    public Office Office { get; init; } = Office.Everywhere;

    /// <summary>How people work outside of them.</summary>
    public RemotePolicy Remote { get; init; } = RemotePolicy.Default;

    /// <summary>Settings from the environment and from the data folder.</summary>
    /// <exception cref="UsageException">No database is named.</exception>
    public static HostSettings From(DataFolder data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var database = Given("INTAKE_POSTGRES")
            ?? throw new UsageException(
                "INTAKE_POSTGRES names no database. Start by ops/up or ops/intake, which run one, or name an existing one: Host=...;Username=...;Database=...");
        return new HostSettings(database, data, data.Secret("telephony-key"), Given("INTAKE_HOME_ZONE") ?? Home.DefaultZone)
        {
            EventLog = Given("INTAKE_EVENTLOG") ?? database,
            EventLogPrefix = Given("INTAKE_EVENTLOG_PREFIX") ?? string.Empty,
            Floor = FloorPolicy.Default with { Callbacks = CallbackSettings.Of(Given("INTAKE_WORKING_HOURS"), Given("INTAKE_CALLBACK_LEASE")) },
            Public = PublicCallbackSettings.Default with { Origins = Given("INTAKE_PUBLIC_ORIGINS")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [] },
            Office = Office.Of(
                Given("INTAKE_OFFICE"), string.Equals(Given("ASPNETCORE_FORWARDEDHEADERS_ENABLED"), "true", StringComparison.OrdinalIgnoreCase)),
            HomeCountry = Given("INTAKE_HOME_COUNTRY") ?? TelephoneNumbers.CountryOf(Given("INTAKE_HOME_ZONE") ?? Home.DefaultZone),
        };
    }

    private static string? Given(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given ? given : null;
}

/// <summary>The folder that names a system: its cluster, its secrets, where its host listens.</summary>
public sealed class DataFolder
{
    /// <summary>Opens the folder; creates it where there is none, closed to others.</summary>
    public DataFolder(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    /// <summary>Where the host says that it listens.</summary>
    public string HostFile => System.IO.Path.Combine(Path, "host.json");

    /// <summary>Keys of cookies.</summary>
    public string KeysFolder => System.IO.Path.Combine(Path, "keys");

    /// <summary>A secret of this system, made when it is first asked for, readable by the owner only.</summary>
    public string Secret(string name)
    {
        var file = System.IO.Path.Combine(Path, name);
        if (!File.Exists(file))
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var writer = new StreamWriter(file, options);
            writer.Write(RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 16));
        }

        return File.ReadAllText(file).Trim();
    }
}

/// <summary>The person at the keyboard can put it right; the message says how.</summary>
public sealed class UsageException : Exception
{
    public UsageException()
    {
    }

    public UsageException(string message)
        : base(message)
    {
    }

    public UsageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
