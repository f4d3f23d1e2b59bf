using Intake.Domain;
using Intake.Domain.Calls;
using Intake.EventLog.Serialisation;
using MediatR;

namespace Intake.Application.Calls;

/// <summary>Ids of phones derive from the telephony system and its name for the phone, which may have any letter in it.</summary>
public static class PhoneIds
{
    public static string Of(string source, string extension) => EventId.Named($"phone {source} {extension}").ToString("N");
}

/// <summary>The telephony reports of one phone whether it takes calls: signals in the order in which it said them, one or many.</summary>
/// <param name="PhoneId"><see cref="PhoneIds.Of"/> the telephony's own.</param>
[For(StaffRole.Administrator)]
public sealed record RecordPhoneSignals(string PhoneId, IReadOnlyList<PhoneSignal> Signals) : Command;

/// <summary>Writes down what is told of phones.</summary>
public sealed class PhoneHandlers(CommandRunner runner) : IRequestHandler<RecordPhoneSignals, CommandResult>
{
    public Task<CommandResult> Handle(RecordPhoneSignals request, CancellationToken cancellationToken) => runner.Run(
        Phone.Stream, request.PhoneId, request.Context, phone => Phone.Hear(phone, request.PhoneId, request.Signals), cancellationToken);
}
