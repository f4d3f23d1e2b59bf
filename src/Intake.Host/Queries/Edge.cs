using AutoMapper;
using Intake.Contracts;
using Intake.Domain;
using Intake.Host.Http;
using Intake.Projections.OperatorQueue;
using CallbackRow = Intake.Projections.OperatorQueue.CallbackRow;
using OrderRow = Intake.Projections.OrderBook.OrderRow;

namespace Intake.Host.Queries;

/// <summary>The edge: rows of read models become what crosses the wire. Names and enumerations aside they are the same.</summary>
public sealed class Edge : Profile
{
    public Edge()
    {
        CreateMap<StaffRef, Person>();
        CreateMap<Enum, string>().ConvertUsing(value => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));
        CreateMap<Domain.Calls.CallerCandidate, CallerCandidate>();
        CreateMap<CallRow, QueueCall>().ForCtorParam(nameof(QueueCall.ChangedAt), row => row.MapFrom((_, context) => At(context)));
        CreateMap<CallbackRow, Contracts.CallbackRow>()
            .ForCtorParam(nameof(Contracts.CallbackRow.ChangedAt), row => row.MapFrom((_, context) => At(context)));
        CreateMap<OrderRow, Contracts.OrderRow>()
            .ForCtorParam(nameof(Contracts.OrderRow.ChangedAt), row => row.MapFrom((_, context) => At(context)));
    }

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
