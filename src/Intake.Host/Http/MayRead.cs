using Intake.Application.Staff;
using Intake.Domain;
using Intake.Host.Accounts;
using Microsoft.AspNetCore.Authorization;

namespace Intake.Host.Http;

/// <summary>One of these roles may read it, and whoever stands in now for a person who has one (A.I.6).</summary>
public sealed record MayRead(IReadOnlyList<StaffRole> Roles) : IAuthorizationRequirement;

/// <summary>Looks at the person's own role first; only where that is not enough at those for whom he stands in.</summary>
public sealed class MayReadHandler(Representation representation, TimeProvider clock) : AuthorizationHandler<MayRead>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, MayRead requirement)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(requirement);
        if (context.User.Identity is not { IsAuthenticated: true })
        {
            return;
        }

        if (await representation.Allows(context.User.Actor(), requirement.Roles.Contains, clock.GetUtcNow(), CancellationToken.None))
        {
            context.Succeed(requirement);
        }
    }
}
