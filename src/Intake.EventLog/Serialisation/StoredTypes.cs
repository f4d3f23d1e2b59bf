using Intake.Domain;
using Intake.Domain.Callbacks;
using Intake.Domain.Calls;
using Intake.Domain.Catalogue;
using Intake.Domain.Clients;
using Intake.Domain.Escalations;
using Intake.Domain.Ordering;
using Intake.Domain.Receivables;
using Intake.Domain.Staff;

namespace Intake.EventLog.Serialisation;

/// <summary>
/// The one registry of stored type names. A name is a contract with every log that was ever written: it never changes, it is
/// never reused, and it is never a CLR name. A changed shape gets a new name (<c>OrderSubmitted.v2</c>), and the old one an
/// upcaster in <see cref="OldShapes.Upcasters"/>.
/// </summary>
public static class StoredTypes
{
    /// <summary>The current version of each event.</summary>
    public static readonly IReadOnlyList<StoredType> Current =
    [
        StoredType.Of<CommandRefused>("CommandRefused"),

        StoredType.Of<CallbackRequested>("CallbackRequested"),
        StoredType.Of<CallbackTakenDown>("CallbackTakenDown"),
        StoredType.Of<CallbackScheduled>("CallbackScheduled"),
        StoredType.Of<CallbackMerged>("CallbackMerged"),
        StoredType.Of<CallbackLeased>("CallbackLeased"),
        StoredType.Of<CallbackLeaseEnded>("CallbackLeaseEnded"),
        StoredType.Of<CallbackAttempted>("CallbackAttempted.v2"),
        StoredType.Of<CallbackEscalated>("CallbackEscalated"),
        StoredType.Of<CallbackReassigned>("CallbackReassigned"),
        StoredType.Of<CallbackBreached>("CallbackBreached"),
        StoredType.Of<CallbackClosed>("CallbackClosed.v2"),
        StoredType.Of<CallbackAlreadyLeased>("CallbackAlreadyLeased"),

        StoredType.Of<CallArrived>("CallArrived"),
        StoredType.Of<CallQueued>("CallQueued"),
        StoredType.Of<CallAbandoned>("CallAbandoned"),
        StoredType.Of<CallClaimed>("CallClaimed"),
        StoredType.Of<CallHeld>("CallHeld"),
        StoredType.Of<CallResumed>("CallResumed"),
        StoredType.Of<CallEnded>("CallEnded"),
        StoredType.Of<LateSignalRecorded>("LateSignalRecorded"),
        StoredType.Of<CallerCandidatesFound>("CallerCandidatesFound"),
        StoredType.Of<CallerIdentified>("CallerIdentified"),
        StoredType.Of<PurposeStated>("PurposeStated"),
        StoredType.Of<RoutingDecided>("RoutingDecided"),
        StoredType.Of<TransferOffered>("TransferOffered"),
        StoredType.Of<TransferDeclined>("TransferDeclined"),
        StoredType.Of<TransferTimedOut>("TransferTimedOut"),
        StoredType.Of<TransferPassedOver>("TransferPassedOver"),
        StoredType.Of<TransferWithdrawn>("TransferWithdrawn"),
        StoredType.Of<TransferAccepted>("TransferAccepted"),
        StoredType.Of<CallLeft>("CallLeft"),
        StoredType.Of<CallTakenUp>("CallTakenUp"),
        StoredType.Of<CallConvertedToCallback>("CallConvertedToCallback"),
        StoredType.Of<CallbackAsked>("CallbackAsked"),
        StoredType.Of<CallbackPromised>("CallbackPromised"),
        StoredType.Of<CallClosed>("CallClosed"),
        StoredType.Of<CallRegisteredAfterwards>("CallRegisteredAfterwards"),
        StoredType.Of<CallAlreadyTaken>("CallAlreadyTaken"),
        StoredType.Of<CloseRefused>("CloseRefused"),
        StoredType.Of<CallOfferedToOperator>("CallOfferedToOperator"),
        StoredType.Of<OfferNotAnswered>("OfferNotAnswered"),
        StoredType.Of<OfferWithdrawn>("OfferWithdrawn"),
        StoredType.Of<AttemptLapsed>("AttemptLapsed"),
        StoredType.Of<HelpAsked>("HelpAsked"),
        StoredType.Of<HelpNoLongerAsked>("HelpNoLongerAsked"),
        StoredType.Of<HelpJoined>("HelpJoined"),
        StoredType.Of<HelpEnded>("HelpEnded"),
        StoredType.Of<PhoneRang>("PhoneRang"),
        StoredType.Of<PhoneRangOut>("PhoneRangOut"),
        StoredType.Of<PhoneAnswered>("PhoneAnswered"),
        StoredType.Of<PhoneTransferred>("PhoneTransferred"),
        StoredType.Of<CallLeftQueue>("CallLeftQueue"),
        StoredType.Of<CallRequeued>("CallRequeued"),
        StoredType.Of<PhoneCallEnded>("PhoneCallEnded"),
        StoredType.Of<PhoneRecordCorrected>("PhoneRecordCorrected"),
        StoredType.Of<CallRecounted>("CallRecounted"),
        StoredType.Of<CallPresumedEnded>("CallPresumedEnded"),
        StoredType.Of<PhonePresenceReported>("PhonePresenceReported"),
        StoredType.Of<LatePhonePresenceRecorded>("LatePhonePresenceRecorded"),

        StoredType.Of<ProductListed>("ProductListed"),
        StoredType.Of<ProductDiscontinued>("ProductDiscontinued"),
        StoredType.Of<PriceListPublished>("PriceListPublished"),
        StoredType.Of<FocusListPublished>("FocusListPublished"),

        StoredType.Of<ClientRegistered>("ClientRegistered.v2"),
        StoredType.Of<ClientClassified>("ClientClassified"),
        StoredType.Of<ManagerAssigned>("ManagerAssigned"),
        StoredType.Of<PriceTermsAgreed>("PriceTermsAgreed"),
        StoredType.Of<ContractSigned>("ContractSigned"),
        StoredType.Of<ReceiverAuthorised>("ReceiverAuthorised"),

        StoredType.Of<EscalationRaised>("EscalationRaised"),
        StoredType.Of<EscalationAccepted>("EscalationAccepted"),
        StoredType.Of<EscalationDecided>("EscalationDecided"),
        StoredType.Of<EscalationReassigned>("EscalationReassigned"),
        StoredType.Of<EscalationOverdue>("EscalationOverdue"),
        StoredType.Of<ConsultRequested>("ConsultRequested"),
        StoredType.Of<ConsultDecided>("ConsultDecided"),

        StoredType.Of<SlotOpened>("SlotOpened"),
        StoredType.Of<SlotReserved>("SlotReserved"),
        StoredType.Of<SlotReservationReleased>("SlotReservationReleased"),
        StoredType.Of<SlotConfirmed>("SlotConfirmed"),
        StoredType.Of<SlotFull>("SlotFull"),
        StoredType.Of<OrderOpened>("OrderOpened"),
        StoredType.Of<OrderPassedOn>("OrderPassedOn"),
        StoredType.Of<ReceivablesChecked>("ReceivablesChecked"),
        StoredType.Of<PriceColumnDetermined>("PriceColumnDetermined"),
        StoredType.Of<OrderLineAdded>("OrderLineAdded"),
        StoredType.Of<OrderLineChanged>("OrderLineChanged"),
        StoredType.Of<OrderLineRemoved>("OrderLineRemoved"),
        StoredType.Of<OfferProposed>("OfferProposed"),
        StoredType.Of<OfferAccepted>("OfferAccepted"),
        StoredType.Of<OfferDeclined>("OfferDeclined"),
        StoredType.Of<OfferPostponed>("OfferPostponed"),
        StoredType.Of<OffersExhausted>("OffersExhausted"),
        StoredType.Of<DeliveryAgreed>("DeliveryAgreed"),
        StoredType.Of<ReceiverNamed>("ReceiverNamed"),
        StoredType.Of<PaymentFormAgreed>("PaymentFormAgreed"),
        StoredType.Of<ArrivalAgreed>("ArrivalAgreed"),
        StoredType.Of<ShippingAgreed>("ShippingAgreed"),
        StoredType.Of<OrderReadBack>("OrderReadBack"),
        StoredType.Of<OrderSubmitted>("OrderSubmitted"),
        StoredType.Of<OrderHandedOver>("OrderHandedOver"),
        StoredType.Of<OrderCancelled>("OrderCancelled"),
        StoredType.Of<OrderRefused>("OrderRefused"),
        StoredType.Of<LineRefused>("LineRefused"),
        StoredType.Of<SubmissionRefused>("SubmissionRefused"),
        StoredType.Of<PastOrderImported>("PastOrderImported"),

        StoredType.Of<CreditTermsSet>("CreditTermsSet"),
        StoredType.Of<LedgerReported>("LedgerReported"),
        StoredType.Of<CreditReserved>("CreditReserved"),
        StoredType.Of<CreditReservationReleased>("CreditReservationReleased"),
        StoredType.Of<OrderCharged>("OrderCharged"),
        StoredType.Of<CreditRefused>("CreditRefused"),

        StoredType.Of<StaffAppointed>("StaffAppointed.v2"),
        StoredType.Of<StaffDismissed>("StaffDismissed.v2"),
        StoredType.Of<SessionOpened>("SessionOpened"),
        StoredType.Of<BecameReady>("BecameReady"),
        StoredType.Of<BecameNotReady>("BecameNotReady"),
        StoredType.Of<SessionClosed>("SessionClosed"),
        StoredType.Of<CoverageOrdered>("CoverageOrdered"),
        StoredType.Of<CoverageStarted>("CoverageStarted"),
        StoredType.Of<OpenWorkHandedOver>("OpenWorkHandedOver"),
        StoredType.Of<CoverageEnded>("CoverageEnded"),
        StoredType.Of<ShiftPlanned>("ShiftPlanned"),
        StoredType.Of<ShiftMoved>("ShiftMoved"),
        StoredType.Of<ShiftCancelled>("ShiftCancelled"),
        StoredType.Of<DeviceRequested>("DeviceRequested"),
        StoredType.Of<DeviceRequestLapsed>("DeviceRequestLapsed"),
        StoredType.Of<DeviceAdmitted>("DeviceAdmitted"),
        StoredType.Of<DeviceRefused>("DeviceRefused"),
        StoredType.Of<DeviceWithdrawn>("DeviceWithdrawn"),
        StoredType.Of<ClientsWithheld>("ClientsWithheld"),
        StoredType.Of<SkillsSet>("SkillsSet"),
        StoredType.Of<SessionReserved>("SessionReserved"),
        StoredType.Of<ReservationReleased>("ReservationReleased"),
        StoredType.Of<CallEngaged>("CallEngaged"),
        StoredType.Of<WrapUpBegun>("WrapUpBegun"),
        StoredType.Of<NotReadyAfterCallRequested>("NotReadyAfterCallRequested"),
        StoredType.Of<NotReadyAfterCallWithdrawn>("NotReadyAfterCallWithdrawn"),
        StoredType.Of<EngagementEnded>("EngagementEnded"),
        StoredType.Of<WrapUpForced>("WrapUpForced"),
        StoredType.Of<SessionBarred>("SessionBarred"),
        StoredType.Of<SessionUnbarred>("SessionUnbarred"),
        StoredType.Of<AnotherCallInHand>("AnotherCallInHand"),
    ];
}

/// <summary>A stored type name and the event that it stands for.</summary>
public sealed record StoredType(string Name, Type Event)
{
    public static StoredType Of<TEvent>(string name)
        where TEvent : IEvent => new(name, typeof(TEvent));
}
