using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using System.Threading.RateLimiting;
using Intake.Application;
using Intake.Application.Calls;
using Intake.Application.Policies;
using Intake.Application.Staff;
using Intake.Application.Timers;
using Intake.EventLog;
using Intake.Host.Accounts;
using Intake.Host.Http;
using Intake.Host.Live;
using Intake.Host.Public;
using Intake.Host.Queries;
using Intake.Host.Telephony;
using Intake.Projections.Engine;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Diagnostics;

using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Intake.Host.Hosting;

/// <summary>The host: HTTP interface, live hub, sign-in, desk, health and measurements around the program's parts.</summary>
public static class WebHost
{
    // The desk's files are listed under the name of this assembly, whichever program it runs in.
    private static readonly string Application = typeof(WebHost).Assembly.GetName().Name!;

    /// <summary>The host, ready to run on the address.</summary>
    public static WebApplication Build(HostSettings settings, string address)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = Application,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseUrls(address);
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
        });
        builder.Logging.ClearProviders().AddIntakeConsole();
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("LuckyPennySoftware", LogLevel.None)
            // The keys' folder is closed to others, and where the host listens it says itself.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        Add(builder.Services, settings);
        var app = builder.Build();
        Use(app);
        return app;
    }

    private static void Add(IServiceCollection services, HostSettings settings)
    {
        services.AddIntake(settings);
        services.AddSingleton<FloorQueries>();
        services.AddSingleton<StaffQueries>();
        services.AddSingleton<ClientQueries>();
        services.AddSingleton<OrderQueries>();
        services.AddSingleton<ProductQueries>();
        services.AddSingleton<WallboardQuery>();
        services.AddSingleton<PeopleQuery>();
        services.AddSingleton<AttendanceQuery>();
        services.AddSingleton<AuthorityQueries>();
        services.AddSingleton<HistoryQueries>();
        services.AddSingleton<CompletenessQuery>();
        services.AddSingleton<TakenSignatures>();
        services.AddSingleton<SignedRequests>();
        services.AddScoped<Commander>();
        services.AddSingleton<ClientReadings>();
        services.AddSingleton<Greeting>();
        services.AddScoped<DeviceRegistration>();
        services.AddScoped<OutsideLimits>();
        services.AddHttpContextAccessor();
        services.AddAutoMapper(mapper =>
        {
            mapper.LicenseKey = Environment.GetEnvironmentVariable("INTAKE_AUTOMAPPER_LICENSE");
            mapper.AddProfile<Edge>();
        });
        services.AddHostedService<ProjectionService>();
        services.AddHostedService<FollowUpService>();
        services.AddHostedService<TimerService>();
        services.AddHostedService<DistributionService>();
        services.AddSingleton<DeskPresence>();
        services.AddHostedService(provider => provider.GetRequiredService<DeskPresence>());
        services.AddHostedService<LivePush>();
        services.AddSingleton<OutsideDesks>();
        services.AddHostedService(provider => provider.GetRequiredService<OutsideDesks>());
        services.AddSignalR();
        services.AddOpenApi("v1");
        services.AddProblemDetails();
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.RespectNullableAnnotations = true;
            json.SerializerOptions.RespectRequiredConstructorParameters = true;
            json.SerializerOptions.Converters.Add(new CleanText());
            json.SerializerOptions.TypeInfoResolver = json.SerializerOptions.TypeInfoResolver?.WithAddedModifier(LeaveOutWhatMayBeNull);
        });
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        AddSignIn(services, settings);
        AddPublic(services, settings);
        AddMeasurements(services);
        services.AddHealthChecks().AddCheck<ReadyCheck>("ready", tags: ["ready"]);
    }

    private static void AddSignIn(IServiceCollection services, HostSettings settings)
    {
        services.AddDataProtection().SetApplicationName("intake").PersistKeysToFileSystem(Directory.CreateDirectory(settings.Data.KeysFolder));
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            cookie.Cookie.Name = "intake";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
            cookie.SlidingExpiration = true;
            cookie.Events.OnValidatePrincipal = SignedIn.Revalidate;
            cookie.Events.OnRedirectToLogin = context => Plain(context, StatusCodes.Status401Unauthorized);
            cookie.Events.OnRedirectToAccessDenied = context => Plain(context, StatusCodes.Status403Forbidden);
        });
        services.AddSingleton(settings.Office);
        services.AddSingleton<OutsideSessions>();
        services.AddAuthorization(Policies.Add);
        services.AddSingleton<IAuthorizationHandler, MayReadHandler>();
        services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.AddPolicy(SessionEndpoints.RateLimit, http => RateLimitPartition.GetTokenBucketLimiter(
                http.Connection.RemoteIpAddress?.ToString() ?? string.Empty,
                _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = 60,
                    TokensPerPeriod = 1,
                    ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                    AutoReplenishment = true,
                }));
            // A busy telephone system says some ten words a second; a guesser of secrets gets no further than that.
            limits.AddPolicy(Webhook.RateLimit, http => RateLimitPartition.GetTokenBucketLimiter(
                http.Connection.RemoteIpAddress?.ToString() ?? string.Empty,
                _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = 300,
                    TokensPerPeriod = 50,
                    ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                    AutoReplenishment = true,
                }));
        });
    }

    private static void AddPublic(IServiceCollection services, HostSettings settings)
    {
        services.AddSingleton(settings.Public);
        services.AddSingleton<FormToken>();
        services.AddSingleton<Floods>();
        services.AddSingleton<PublicCallbacks>();
        services.AddSingleton<CallbackPage>();
        services.AddCors(cors => cors.AddPolicy(
            PublicEndpoints.Origins,
            policy => policy.WithOrigins([.. settings.Public.Origins]).WithMethods("GET", "POST").WithHeaders("Content-Type")));
    }

    private static void AddMeasurements(IServiceCollection services)
    {
        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("intake"));
        telemetry.WithMetrics(metrics => metrics
            .AddAspNetCoreInstrumentation()
            .AddRuntimeInstrumentation()
            .AddMeter(Telemetry.Name, EventLogTelemetry.Name, ProjectionTelemetry.Name, LivePush.Telemetry)
            .AddPrometheusExporter());
        if (Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 })
        {
            telemetry.WithTracing(traces => traces
                .AddAspNetCoreInstrumentation()
                .AddSource(Telemetry.Name, EventLogTelemetry.Name, ProjectionTelemetry.Name, LivePush.Telemetry)
                .AddOtlpExporter());
        }
    }

    private static void Use(WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = Problems.Answer, SuppressDiagnosticsCallback = Expected });
        app.UseMiddleware<Guard>();
        app.UseCors();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = ReadyCheck.Write }).AllowAnonymous();
        app.MapPrometheusScrapingEndpoint("/metrics").AllowAnonymous();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapHub<LiveHub>("/hubs/live");

        var api = app.MapGroup("/api/v1").AddEndpointFilter<AfterPosition>();
        api.MapSession();
        api.MapDevices();
        api.MapFloor();
        api.MapStaff();
        api.MapCallbacks();
        api.MapPublicCallbacks();
        api.MapClients();
        api.MapOrders();
        api.MapAuthority();
        api.MapAttendance();
        api.MapCatalogue();
        api.MapTelephony();
        api.MapHistory();
        api.MapFallback((HttpContext http) => Problems.NotFound(string.Create(CultureInfo.InvariantCulture, $"There is no address {http.Request.Path}.")))
            .AllowAnonymous();

        app.MapPublicPages();
        app.MapStaticAssets($"{Application}.staticwebassets.endpoints.json").AllowAnonymous();
        app.MapFallbackToFile("index.html").AllowAnonymous();
    }

    private static void LeaveOutWhatMayBeNull(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => property is { IsRequired: true, IsSetNullable: true }))
        {
            property.IsRequired = false;
        }
    }

    // What the person at the other end did wrong, or what is reported elsewhere, is no fault of the host's.
    private static bool Expected(ExceptionHandlerSuppressDiagnosticsContext context) =>
        context.Exception is InvalidRequestException or BadHttpRequestException or EventIdsReusedException or NotStandingInException;

    private static Task Plain(Microsoft.AspNetCore.Authentication.RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
