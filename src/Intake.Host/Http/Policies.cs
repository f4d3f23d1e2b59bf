using Intake.Domain;
using Intake.EventLog.Serialisation;
using Microsoft.AspNetCore.Authorization;

namespace Intake.Host.Http;

/// <summary>Who may read what. Commands carry their roles themselves; queries name one of these.</summary>
public static class Policies
{
    /// <summary>Everybody who works with calls, and those who watch them.</summary>
    public const string Floor = "floor";

    /// <summary>Those who may read clients' cards.</summary>
    public const string Clients = "clients";

    /// <summary>Those who watch the figures.</summary>
    public const string Figures = "figures";

    /// <summary>Those who may read what happened, event by event.</summary>
    public const string History = "history";

    /// <summary>Those who may read everybody's appointment and skills.</summary>
    public const string People = "people";

    /// <summary>Those who see on which devices people work outside the office.</summary>
    public const string Devices = "devices";

    /// <summary>Those who may read a client's ledger, not only the verdict.</summary>
    public static bool SeesLedger(StaffRole role) =>
        role is StaffRole.Finance or StaffRole.Manager or StaffRole.KeyAccountManager or StaffRole.Head or StaffRole.Auditor;

    /// <summary>Operators see the orders that they take: the person's id; null for those who see all.</summary>
    public static string? OwnOrdersOnly(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Role == StaffRole.Operator ? actor.Person.Id : null;
    }

    /// <summary>Nothing without a sign-in; the rest by role.</summary>
    public static void Add(AuthorizationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
        options.AddPolicy(Floor, Roles(
            StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head, StaffRole.Finance, StaffRole.Supervisor,
            StaffRole.Administrator));
        options.AddPolicy(Clients, Roles(
            StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head, StaffRole.Finance, StaffRole.Supervisor,
            StaffRole.Auditor, StaffRole.Administrator));
        options.AddPolicy(Figures, Roles(StaffRole.Supervisor, StaffRole.Head, StaffRole.Auditor, StaffRole.Administrator));
        options.AddPolicy(People, Roles(StaffRole.Supervisor, StaffRole.Head, StaffRole.Administrator));
        options.AddPolicy(Devices, Roles(StaffRole.Administrator, StaffRole.Head, StaffRole.Supervisor));
        options.AddPolicy(History, Roles(StaffRole.Auditor, StaffRole.Supervisor, StaffRole.Head, StaffRole.Administrator));
    }

    private static AuthorizationPolicy Roles(params StaffRole[] roles) =>
        new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new MayRead(roles)).Build();
}
