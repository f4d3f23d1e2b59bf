using System.Text.Json.Serialization;
using Intake.Domain;
using Intake.Domain.Callbacks;
using Intake.Domain.Calls;
using Intake.Domain.Catalogue;
using Intake.Domain.Clients;
using Intake.Domain.Escalations;
using Intake.Domain.Ordering;
using Intake.Domain.Receivables;
using Intake.Domain.Staff;
using Intake.EventLog.Serialisation.OldShapes;

namespace Intake.EventLog.Serialisation;

/// <summary>
/// Generated serialisation of everything that the log stores: camelCase, enumerations by name, nothing by reflection. What
/// an event derives (a sentence, a flag) is not stored; a field that is missing or null where none may be is an error.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Envelope))]
[JsonSerializable(typeof(CallbackRequested))]
[JsonSerializable(typeof(CallbackAttempted))]
[JsonSerializable(typeof(CallbackClosed))]
[JsonSerializable(typeof(CallArrived))]
[JsonSerializable(typeof(CallQueued))]
[JsonSerializable(typeof(CallAbandoned))]
[JsonSerializable(typeof(CallClaimed))]
[JsonSerializable(typeof(CallHeld))]
[JsonSerializable(typeof(CallResumed))]
[JsonSerializable(typeof(CallEnded))]
[JsonSerializable(typeof(LateSignalRecorded))]
[JsonSerializable(typeof(CallerCandidatesFound))]
[JsonSerializable(typeof(CallerIdentified))]
[JsonSerializable(typeof(PurposeStated))]
[JsonSerializable(typeof(RoutingDecided))]
[JsonSerializable(typeof(TransferOffered))]
[JsonSerializable(typeof(TransferDeclined))]
[JsonSerializable(typeof(TransferTimedOut))]
[JsonSerializable(typeof(TransferAccepted))]
[JsonSerializable(typeof(CallConvertedToCallback))]
[JsonSerializable(typeof(CallClosed))]
[JsonSerializable(typeof(CallAlreadyTaken))]
[JsonSerializable(typeof(CloseRefused))]
[JsonSerializable(typeof(PhoneRang))]
[JsonSerializable(typeof(PhoneRangOut))]
[JsonSerializable(typeof(PhoneAnswered))]
[JsonSerializable(typeof(PhoneTransferred))]
[JsonSerializable(typeof(CallLeftQueue))]
[JsonSerializable(typeof(CallRequeued))]
[JsonSerializable(typeof(PhoneCallEnded))]
[JsonSerializable(typeof(PhoneRecordCorrected))]
[JsonSerializable(typeof(CallRecounted))]
[JsonSerializable(typeof(CallPresumedEnded))]
[JsonSerializable(typeof(ProductListed))]
[JsonSerializable(typeof(ProductDiscontinued))]
[JsonSerializable(typeof(PriceListPublished))]
[JsonSerializable(typeof(FocusListPublished))]
[JsonSerializable(typeof(ClientRegistered))]
[JsonSerializable(typeof(ClientClassified))]
[JsonSerializable(typeof(ManagerAssigned))]
[JsonSerializable(typeof(PriceTermsAgreed))]
[JsonSerializable(typeof(ContractSigned))]
[JsonSerializable(typeof(ReceiverAuthorised))]
[JsonSerializable(typeof(CommandRefused))]
[JsonSerializable(typeof(EscalationRaised))]
[JsonSerializable(typeof(EscalationAccepted))]
[JsonSerializable(typeof(EscalationDecided))]
[JsonSerializable(typeof(SlotOpened))]
[JsonSerializable(typeof(SlotReserved))]
[JsonSerializable(typeof(SlotReservationReleased))]
[JsonSerializable(typeof(SlotConfirmed))]
[JsonSerializable(typeof(SlotFull))]
[JsonSerializable(typeof(OrderOpened))]
[JsonSerializable(typeof(ReceivablesChecked))]
[JsonSerializable(typeof(PriceColumnDetermined))]
[JsonSerializable(typeof(OrderLineAdded))]
[JsonSerializable(typeof(OrderLineChanged))]
[JsonSerializable(typeof(OrderLineRemoved))]
[JsonSerializable(typeof(OfferProposed))]
[JsonSerializable(typeof(OfferAccepted))]
[JsonSerializable(typeof(OfferDeclined))]
[JsonSerializable(typeof(OfferPostponed))]
[JsonSerializable(typeof(OffersExhausted))]
[JsonSerializable(typeof(DeliveryAgreed))]
[JsonSerializable(typeof(ReceiverNamed))]
[JsonSerializable(typeof(PaymentFormAgreed))]
[JsonSerializable(typeof(ArrivalAgreed))]
[JsonSerializable(typeof(ShippingAgreed))]
[JsonSerializable(typeof(OrderReadBack))]
[JsonSerializable(typeof(OrderSubmitted))]
[JsonSerializable(typeof(OrderHandedOver))]
[JsonSerializable(typeof(OrderCancelled))]
[JsonSerializable(typeof(OrderRefused))]
[JsonSerializable(typeof(LineRefused))]
[JsonSerializable(typeof(SubmissionRefused))]
[JsonSerializable(typeof(PastOrderImported))]
[JsonSerializable(typeof(CreditTermsSet))]
[JsonSerializable(typeof(LedgerReported))]
[JsonSerializable(typeof(CreditReserved))]
[JsonSerializable(typeof(CreditReservationReleased))]
[JsonSerializable(typeof(OrderCharged))]
[JsonSerializable(typeof(CreditRefused))]
[JsonSerializable(typeof(StaffAppointed))]
[JsonSerializable(typeof(StaffDismissed))]
[JsonSerializable(typeof(SessionOpened))]
[JsonSerializable(typeof(BecameReady))]
[JsonSerializable(typeof(BecameNotReady))]
[JsonSerializable(typeof(SessionClosed))]
[JsonSerializable(typeof(ClientRegisteredV1))]
public sealed partial class LogJson : JsonSerializerContext;
