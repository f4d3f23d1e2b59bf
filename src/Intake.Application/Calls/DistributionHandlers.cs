using Intake.Application.Staff;
using Intake.Domain;
using Intake.Domain.Calls;
using Intake.Domain.Staff;
using MediatR;

namespace Intake.Application.Calls;

/// <summary>
/// Lets waiting calls ring. The operator's session is reserved first, so that only one call rings at him, and freed again where the call
/// is gone. Rows may be stale when this is commanded: what does not fit any more changes nothing.
/// </summary>
public sealed class DistributionHandlers(CommandRunner runner, Shifts shifts, Transfers transfers, DistributionPolicy policy) :
    IRequestHandler<OfferCall, CommandResult>,
    IRequestHandler<TimeOutOffer, CommandResult>,
    IRequestHandler<SettleOffer, CommandResult>
{
    public async Task<CommandResult> Handle(OfferCall request, CancellationToken cancellationToken)
    {
        var context = request.Context;
        var offerId = context.CommandId.ToString("N");
        var reserved = await shifts.Run(
            request.To.Id, context.Step("reserve"),
            session => OperatorSession.Reserve(session, request.CallId, offerId, context.Now), cancellationToken, policy.Version);
        if (reserved is not Done { Changed: true })
        {
            return reserved;
        }

        var offered = await runner.Run(
            Call.Stream, request.CallId, context, call => Ringing.Offer(call, request.To, offerId, context.Now), cancellationToken,
            policy.Version);
        return offered is Done { Changed: true }
            ? offered
            : await Release(request.To.Id, offerId, context.Step("release"), cancellationToken);
    }

    public async Task<CommandResult> Handle(TimeOutOffer request, CancellationToken cancellationToken)
    {
        var context = request.Context;
        var rangOut = await runner.Run(
            Call.Stream, request.CallId, context, call => Ringing.TimeOut(call, request.OfferId, context.Now), cancellationToken,
            policy.Version);
        return rangOut switch
        {
            Done { Changed: true } => await shifts.Run(
                request.StaffId, context.Step("let-ring"),
                session => OperatorSession.LetRing(session, request.OfferId, context.Now), cancellationToken, policy.Version),
            // Whom the call asks by now to take it over is left to his own timer.
            Done => await transfers.Free(
                request.StaffId, request.CallId, request.OfferId, inVain: false, context.Step("release"), cancellationToken),
            _ => rangOut,
        };
    }

    public async Task<CommandResult> Handle(SettleOffer request, CancellationToken cancellationToken)
    {
        var call = (await runner.Load(Call.Stream, request.CallId, cancellationToken)).State;
        return call is { Ringing: { } offer } && (call.IsOver || call.Phase == CallPhase.Arrived)
            ? await Release(offer.To.Id, offer.OfferId, request.Context, cancellationToken)
            : new Done(-1, Changed: false);
    }

    private Task<CommandResult> Release(string staffId, string offerId, CommandContext context, CancellationToken cancel) => shifts.Run(
        staffId, context, session => OperatorSession.Release(session, offerId, context.Now), cancel);
}
