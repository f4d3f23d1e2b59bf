using Intake.Domain;
using Intake.Domain.Staff;
using MediatR;

namespace Intake.Application.Staff;

/// <summary>Asks for a device outside the office to be admitted (C6); the sign-in's, which does so by itself.</summary>
/// <param name="Person">Who signed in with the right password.</param>
/// <param name="Label">What a person recognises the device by.</param>
[For]
public sealed record RequestDevice(StaffRef Person, string DeviceId, string Label) : Command;

/// <summary>Admits a person's device until a moment, by an order.</summary>
[For(StaffRole.Administrator, StaffRole.Head)]
public sealed record AdmitDevice(string StaffId, string DeviceId, string Order, DateTimeOffset Until) : Command;

/// <summary>Turns the request of a person's device down.</summary>
[For(StaffRole.Administrator, StaffRole.Head)]
public sealed record RefuseDevice(string StaffId, string DeviceId, string Reason) : Command;

/// <summary>Admits a person's device no more.</summary>
[For(StaffRole.Administrator, StaffRole.Head, StaffRole.Supervisor)]
public sealed record WithdrawDevice(string StaffId, string DeviceId, string Reason) : Command;

/// <summary>Leaves no device to a person who was dismissed; a policy's.</summary>
[For]
public sealed record WithdrawDevices(string StaffId, string Reason) : Command;

/// <summary>Keeps that clients were withheld from a person; the interface's.</summary>
[For]
public sealed record RecordClientsWithheld(ClientsWithheld Withheld) : Command;

/// <summary>Carries out what is commanded about work outside the office.</summary>
public sealed class RemoteHandlers(CommandRunner runner, RemotePolicy policy) :
    IRequestHandler<RequestDevice, CommandResult>,
    IRequestHandler<AdmitDevice, CommandResult>,
    IRequestHandler<RefuseDevice, CommandResult>,
    IRequestHandler<WithdrawDevice, CommandResult>,
    IRequestHandler<WithdrawDevices, CommandResult>,
    IRequestHandler<RecordClientsWithheld, CommandResult>
{
    public Task<CommandResult> Handle(RequestDevice request, CancellationToken cancellationToken) => Run(
        request.Person.Id, request.Context,
        access => RemoteAccessDecisions.Request(
            access, new DeviceRequested(request.DeviceId, request.Person, request.Label, request.Context.Now), policy),
        cancellationToken);

    public Task<CommandResult> Handle(AdmitDevice request, CancellationToken cancellationToken) => Run(
        request.StaffId, request.Context,
        access => RemoteAccessDecisions.Admit(
            access, request.DeviceId, request.Context.By, request.Order, request.Until, policy, request.Context.Now),
        cancellationToken);

    public Task<CommandResult> Handle(RefuseDevice request, CancellationToken cancellationToken) => Run(
        request.StaffId, request.Context,
        access => RemoteAccessDecisions.Refuse(access, request.DeviceId, request.Context.By, request.Reason, request.Context.Now), cancellationToken);

    public Task<CommandResult> Handle(WithdrawDevice request, CancellationToken cancellationToken) => Run(
        request.StaffId, request.Context,
        access => RemoteAccessDecisions.Withdraw(access, request.DeviceId, request.Context.By, request.Reason, request.Context.Now), cancellationToken);

    public async Task<CommandResult> Handle(WithdrawDevices request, CancellationToken cancellationToken)
    {
        // What followed late must not take his devices from who was appointed again meanwhile.
        var member = (await runner.Load(StaffMember.Stream, request.StaffId, cancellationToken)).State;
        return member.Dismissed
            ? await Run(
                request.StaffId, request.Context,
                access => RemoteAccessDecisions.WithdrawAll(access, request.Context.By, request.Reason, request.Context.Now), cancellationToken)
            : new Done(-1, Changed: false);
    }

    public Task<CommandResult> Handle(RecordClientsWithheld request, CancellationToken cancellationToken) => Run(
        request.Withheld.Person.Id, request.Context, access => RemoteAccessDecisions.Withhold(access, request.Withheld), cancellationToken);

    private Task<CommandResult> Run(string staffId, CommandContext context, Func<RemoteAccess, Decision> decide, CancellationToken cancel) =>
        runner.Run(RemoteAccess.Stream, staffId, context, decide, cancel, policy.Version);
}
