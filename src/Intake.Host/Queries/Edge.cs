using AutoMapper;
using Intake.Contracts;
using Intake.Domain;
using Intake.Domain.Callbacks;
using Intake.Domain.Calls;
using Intake.Domain.Clients;
using Intake.Domain.Escalations;
using Intake.Domain.Ordering;
using Intake.Domain.Staff;
using Intake.Host.Accounts;
using Intake.Host.Http;
using Intake.Projections.OperatorQueue;
using CallbackRow = Intake.Projections.OperatorQueue.CallbackRow;
using CoverageRow = Intake.Projections.Authority.CoverageRow;
using DeviceRow = Intake.Projections.Authority.DeviceRow;
using EscalationRow = Intake.Projections.Authority.EscalationRow;
using OrderRow = Intake.Projections.OrderBook.OrderRow;

namespace Intake.Host.Queries;

/// <summary>The edge: rows of read models become what crosses the wire. Names and enumerations aside they are the same.</summary>
public sealed class Edge : Profile
{
    public Edge()
    {
        CreateMap<StaffRef, Person>();
        Words<CallPhase>();
        Words<CallDirection>();
        Words<CallPurpose>();
        Words<CallResult>();
        Words<ClientType>();
        Words<OrderPhase>();
        Words<CallbackSource>();
        Words<AttemptResult>();
        Words<RoutingDestination>();
        CreateMap<Domain.Calls.CallerCandidate, Contracts.CallerCandidate>();
        Row<CallRow, QueueCall>();
        Row<CallbackRow, Contracts.CallbackRow>()
            .ForCtorParam(nameof(Contracts.CallbackRow.ClientNotBefore), row => row.MapFrom(callback => InZone(callback.NotBefore, callback.Zone)))
            .ForCtorParam(nameof(Contracts.CallbackRow.ClientDeadline), row => row.MapFrom(callback => InZone(callback.Deadline, callback.Zone)));
        Words<StaffRole>();
        Words<Presence>();
        Row<PersonRow, StaffRow>();
        Words<EscalationKind>();
        Words<CoveragePhase>();
        Row<EscalationRow, Contracts.EscalationRow>();
        Row<CoverageRow, Contracts.CoverageRow>();
        Words<DevicePhase>();
        Row<DeviceRow, Contracts.DeviceRow>()
            .ForCtorParam(nameof(Contracts.DeviceRow.Code), row => row.MapFrom(device => DeviceCookie.CodeOf(device.DeviceId)));
        Row<OrderRow, Contracts.OrderRow>();
    }

    // On the wire a row tells where its last change stands in the log.
    private IMappingExpression<TRow, TWire> Row<TRow, TWire>() =>
        CreateMap<TRow, TWire>().ForCtorParam(nameof(QueueCall.ChangedAt), row => row.MapFrom((_, context) => At(context)));

    // The wire has a word for a value, and an empty one where there is none yet.
    private void Words<TEnum>()
        where TEnum : struct, Enum
    {
        CreateMap<TEnum, string>().ConvertUsing(value => Wire.Word(value));
        CreateMap<TEnum?, string>().ConvertUsing(value => value.HasValue ? Wire.Word(value.Value) : string.Empty);
    }

    private static DateTimeOffset InZone(DateTimeOffset moment, string zone) =>
        zone.Length > 0 && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? TimeZoneInfo.ConvertTime(moment, found) : moment;

    private static long At(ResolutionContext context) => (long)context.Items["at"];
}

/// <summary>Mapping with the position of the row's last change.</summary>
public static class EdgeMapping
{
    /// <summary>The wire's record of a row.</summary>
    public static TWire ToWire<TWire>(this IMapper mapper, object row, long at)
    {
        ArgumentNullException.ThrowIfNull(mapper);
        return mapper.Map<TWire>(row, options => options.Items["at"] = at);
    }
}
