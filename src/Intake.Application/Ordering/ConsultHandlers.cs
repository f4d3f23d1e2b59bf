using Intake.Application.LookUps;
using Intake.Domain.Ordering;
using MediatR;

namespace Intake.Application.Ordering;

/// <summary>Asking the head of the department about an order that is not standard, and his answer (A.III.11).</summary>
public sealed class ConsultHandlers(OrderRunner orders, StaffDirectory staff) :
    IRequestHandler<RequestConsult, CommandResult>,
    IRequestHandler<DecideConsult, CommandResult>
{
    public async Task<CommandResult> Handle(RequestConsult request, CancellationToken cancellationToken)
    {
        var heads = (await staff.PeopleFor(ownManager: null, request.Context.Now, cancellationToken)).Heads;
        var asked = heads.FirstOrDefault(hop => hop.Person.Id != request.Context.By.Id);
        return await orders.Run(
            request.OrderId, request.Context,
            order => Consults.Request(order, request.Context.By, request.Question, asked?.Person, request.Context.Now, asked?.For),
            cancellationToken);
    }

    public Task<CommandResult> Handle(DecideConsult request, CancellationToken cancellationToken) => orders.Run(
        request.OrderId, request.Context,
        order => Consults.Decide(
            order, request.EscalationId, request.Context.By, request.Approved, request.Answer, request.Context.Now),
        cancellationToken);
}
