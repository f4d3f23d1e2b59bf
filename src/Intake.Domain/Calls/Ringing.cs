namespace Intake.Domain.Calls;

/// <summary>A waiting call rings at one operator at a time, and keeps its place in the queue meanwhile.</summary>
public static class Ringing
{
    /// <summary>Lets the call ring at an operator; nothing where it does not wait any more, or rings already.</summary>
    public static Decision Offer(Call call, StaffRef to, string offerId, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(call);
        return call is { Phase: CallPhase.Queued, Ringing: null }
            ? Decision.Accept(new CallOfferedToOperator(call.Id, to, offerId, call.TimesRung + 1, now))
            : Decision.Nothing;
    }

    /// <summary>He let it ring; nothing where it was answered or given up meanwhile.</summary>
    public static Decision TimeOut(Call call, string offerId, DateTimeOffset now) => Rings(call, offerId) is { } offer
        ? Decision.Accept(new OfferNotAnswered(call.Id, offer.To, offerId, offer.Attempt, now))
        : Decision.Nothing;

    /// <summary>He is not ready any more; nothing where the call does not ring at him.</summary>
    public static Decision Withdraw(Call call, string offerId, string reason, DateTimeOffset now) => Rings(call, offerId) is { } offer
        ? Decision.Accept(new OfferWithdrawn(call.Id, offer.To, offerId, reason, now))
        : Decision.Nothing;

    private static CallOfferedToOperator? Rings(Call call, string offerId)
    {
        ArgumentNullException.ThrowIfNull(call);
        return call is { Phase: CallPhase.Queued, Ringing: { } offer } && offer.OfferId == offerId ? offer : null;
    }
}
