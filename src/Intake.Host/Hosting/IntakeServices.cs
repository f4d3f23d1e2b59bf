using Intake.Application;
using Intake.Application.Callbacks;
using Intake.Application.Calls;
using Intake.Application.LookUps;
using Intake.Application.Ordering;
using Intake.Application.Policies;
using Intake.Application.Staff;
using Intake.Application.Timers;
using Intake.Domain.Ordering;
using Intake.Domain.Receivables;
using Intake.EventLog;
using Intake.EventLog.Postgres;
using Intake.EventLog.Serialisation;
using Intake.Host.Accounts;
using Intake.Host.Telephony;
using Intake.Projections.Attendance;
using Intake.Projections.Authority;
using Intake.Projections.Catalogue;
using Intake.Projections.ClientCard;
using Intake.Projections.Completeness;
using Intake.Projections.Engine;
using Intake.Projections.Kpi;
using Intake.Projections.OperatorQueue;
using Intake.Projections.OrderBook;
using MediatR;
using Npgsql;

namespace Intake.Host.Hosting;

/// <summary>The parts of the program, put together; the same for the host and for its sub-commands.</summary>
public static class IntakeServices
{
    /// <summary>Every read model.</summary>
    public static readonly IReadOnlyList<Projection> Projections =
    [
        OperatorQueueProjection.Definition, OrderBookProjection.Definition, ClientCardProjection.Definition, CatalogueProjection.Definition,
        KpiProjection.Definition, AuthorityProjection.Definition, CompletenessProjection.Definition, AttendanceProjection.Definition,
    ];

    /// <summary>
    /// Prepares the database: creates it where there is none, and brings its tables up to date; and so the log, where PostgreSQL keeps it.
    /// Where INTAKE_POSTGRES_OWNER names another role, the log is that role's, and the host may only read it and append to it.
    /// </summary>
    public static async Task Migrate(HostSettings settings, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var connectionString = settings.ConnectionString;
        var owner = Environment.GetEnvironmentVariable("INTAKE_POSTGRES_OWNER") is { Length: > 0 } named ? named : connectionString;
        await CreateDatabase(owner, cancel);
        if (settings.EventLog != connectionString)
        {
            await EventLogs.Prepare(settings.EventLog, cancel);
        }
        else
        {
            await PostgresSchema.Migrate(owner, cancel);
            if (owner != connectionString)
            {
                await Admit(new NpgsqlConnectionStringBuilder(connectionString).Username, owner, cancel);
            }
        }

        await ProjectionSchemas.Migrate(connectionString, cancel);
        await using var database = NpgsqlDataSource.Create(connectionString);
        await FollowUpService.Migrate(database, cancel);
        await Live.DeskPresence.Migrate(database, cancel);
        await AccountStore.Migrate(database, cancel);
        await OutsideSessions.Migrate(database, cancel);
        await ClientReadings.Migrate(database, cancel);
        await TakenSignatures.Migrate(database, cancel);
        await Public.Floods.Migrate(database, cancel);
    }

    /// <summary>Returns when every read model has its tables, however far it is.</summary>
    public static async Task ReadModelsOf(IServiceProvider services, CancellationToken cancel)
    {
        var engine = services.GetRequiredService<ProjectionEngine>();
        foreach (var projection in Projections)
        {
            await engine.Watch.Reached(projection.Name, LogPosition.Start, cancel);
        }
    }

    /// <summary>Makes sure that the read models are made from the log that the settings name, as it is now.</summary>
    /// <exception cref="UsageException">They are not, and must be built anew before anybody reads them.</exception>
    public static async Task RefuseRowsOfAnotherLog(IServiceProvider services, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (Say(await services.GetRequiredService<LogOrigin>().Doubt(cancel)) is { } doubt)
        {
            throw new UsageException(doubt);
        }
    }

    /// <summary>What is wrong with the read models, and what to do about it; null where nothing is.</summary>
    public static string? Say(LogDoubt doubt) => doubt switch
    {
        LogDoubt.AnotherLog =>
            "The read models in this database were made from another event log than the one that INTAKE_EVENTLOG names. "
            + "Name the log that they belong to, or build them from this one: ops/intake rebuild",
        LogDoubt.EarlierState =>
            "The event log lacks events that the read models in this database have shown: it was put back to an earlier state. "
            + "Put the right state back, or build the read models from this one: ops/intake rebuild",
        _ => null,
    };

    /// <summary>Log, commands, look-ups, read models.</summary>
    public static IServiceCollection AddIntake(this IServiceCollection services, HostSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var connection = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { ApplicationName = "intake", NoResetOnClose = true };
        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(Home.In(settings.HomeZone));
        services.AddSingleton(CreditPolicy.Default);
        services.AddSingleton(settings.Floor);
        services.AddSingleton(settings.Distribution);
        services.AddSingleton(settings.Remote);
        services.AddSingleton(OfferPolicy.Default);
        services.AddSingleton(DeliveryPolicy.Default);
        services.AddSingleton(EventCodec.Default);
        services.AddSingleton(_ => Database(connection.ConnectionString));
        services.AddSingleton<IEventLog>(_ => EventLogs.Open(settings.EventLog, settings.EventLogPrefix));
        services.AddSingleton(provider => new LogOrigin(
            provider.GetRequiredService<IEventLog>(), new ProjectionEngineOptions(settings.ConnectionString)));
        services.AddSingleton(provider => new ProjectionEngine(
            Projections, provider.GetRequiredService<IEventLog>(), EventCodec.Default, new ProjectionEngineOptions(settings.ConnectionString),
            provider.GetService<ILogger<ProjectionEngine>>()));
        services.AddSingleton<CommandRunner>();
        services.AddSingleton<LastShifts>();
        services.AddSingleton<Shifts>();
        services.AddSingleton<Engagements>();
        services.AddSingleton<Transfers>();
        services.AddSingleton<OrderRunner>();
        services.AddSingleton<EndedAppointments>();
        services.AddSingleton<CallerDirectory>();
        services.AddSingleton<StaffDirectory>();
        services.AddSingleton<AccountablePeople>();
        services.AddSingleton<OpenCallbacks>();
        services.AddSingleton(new TelephoneNumbers(settings.HomeCountry));
        services.AddSingleton<CallbackLines>();
        services.AddSingleton<CatalogueLookUp>();
        services.AddSingleton<OfferFinder>();
        services.AddSingleton<DeliverySlots>();
        services.AddSingleton<OpenWork>();
        services.AddSingleton<Representation>();
        services.AddSingleton<FollowUps>();
        services.AddSingleton<Timetable>();
        services.AddSingleton<TimerRows>();
        services.AddSingleton<AccountStore>();
        services.AddSingleton<SignalFeed>();
        return services.AddCommands();
    }

    // MediatR's own registration package is not served where this builds; what it would do is this.
    private static IServiceCollection AddCommands(this IServiceCollection services)
    {
        services.AddTransient<ServiceFactory>(provider => provider.GetService!);
        services.AddTransient<IMediator, Mediator>();
        foreach (var handler in typeof(Command).Assembly.GetTypes().Where(type => type is { IsAbstract: false, IsInterface: false }))
        {
            var handled = handler.GetInterfaces()
                .Where(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IRequestHandler<,>)).ToList();
            if (handled.Count == 0)
            {
                continue;
            }

            services.AddSingleton(handler);
            foreach (var one in handled)
            {
                services.AddSingleton(one, provider => provider.GetRequiredService(handler));
                var command = one.GetGenericArguments()[0];
                var behaviour = typeof(IPipelineBehavior<,>).MakeGenericType(command, typeof(CommandResult));
                services.AddSingleton(behaviour, typeof(Measured<>).MakeGenericType(command));
                services.AddSingleton(behaviour, typeof(RoleCheck<>).MakeGenericType(command));
            }
        }

        return services;
    }

    private static NpgsqlDataSource Database(string connectionString)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        builder.ConnectionStringBuilder.MaxAutoPrepare = 100;
        builder.ConnectionStringBuilder.AutoPrepareMinUsages = 2;
        return builder.Build();
    }

    private static async Task Admit(string? host, string owner, CancellationToken cancel)
    {
        await using var database = NpgsqlDataSource.Create(owner);
        await using var admit = database.CreateCommand("select log.admit_host($1::name)");
        admit.Parameters.AddWithValue(host ?? throw new UsageException("INTAKE_POSTGRES names no Username; the owner of the log must know whom to admit."));
        await admit.ExecuteNonQueryAsync(cancel);
    }

    private static async Task CreateDatabase(string connectionString, CancellationToken cancel)
    {
        var wanted = new NpgsqlConnectionStringBuilder(connectionString);
        await using (var there = NpgsqlDataSource.Create(connectionString))
        {
            try
            {
                await using var connection = await there.OpenConnectionAsync(cancel);
                return;
            }
            catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.InvalidCatalogName)
            {
                // Created below.
            }
        }

        var maintenance = new NpgsqlConnectionStringBuilder(connectionString) { Database = "postgres" };
        await using var server = NpgsqlDataSource.Create(maintenance.ConnectionString);
        var name = new NpgsqlCommandBuilder().QuoteIdentifier(wanted.Database ?? "intake");
#pragma warning disable CA2100 // A database name cannot be a parameter; it is quoted.
        await using var create = server.CreateCommand($"create database {name} encoding 'UTF8' template template0");
#pragma warning restore CA2100
        await create.ExecuteNonQueryAsync(cancel);
    }
}
