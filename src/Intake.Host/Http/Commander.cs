using System.Globalization;
using Intake.Application;
using Intake.Application.Staff;
using Intake.Contracts;
using Intake.EventLog.Serialisation;
using Intake.Host.Accounts;
using MediatR;

namespace Intake.Host.Http;

/// <summary>Turns a request into a command of the person behind it, and the command's end into an answer.</summary>
public sealed class Commander(IMediator mediator, Representation representation, IHttpContextAccessor accessor, TimeProvider clock)
{
    /// <summary>Sends the command; its id is the request's Idempotency-Key, or a new one where it has none.</summary>
    /// <param name="correlation">The call that it belongs to, where it belongs to one.</param>
    public async Task<IResult> Send(Func<CommandContext, Command> command, string correlation = "") =>
        Answer(await Carry(command, correlation));

    /// <summary>As <see cref="Send"/>, for those who answer by themselves.</summary>
    public async Task<CommandResult> Carry(
        Func<CommandContext, Command> command, string correlation = "", Actor? actor = null, string source = "desk")
    {
        ArgumentNullException.ThrowIfNull(command);
        var http = accessor.HttpContext!;
        var by = actor ?? http.User.Actor();
        var context = new CommandContext(
            CommandId(http.Request, by.Person.Id), by, clock.GetUtcNow(), correlation, source, ExpectedRevision(http.Request));
        var wanted = command(context);
        if (actor is null && await representation.For(wanted, http.Request.Headers[Headers.OnBehalfOf].FirstOrDefault(), http.RequestAborted) is { } absent)
        {
            wanted = command(context with { OnBehalfOf = absent });
        }

        return await mediator.Send(wanted, http.RequestAborted);
    }

    /// <summary>200 with the position, or Problem Details.</summary>
    public static IResult Answer(CommandResult result) => result is Done done
        ? Results.Ok(new CommandAnswer(done.Position.Number, done.Revision, done.Changed))
        : Results.Problem(Problems.Of(result)!);

    // A key names a command of one person on one address: nobody can meet another's command by guessing its key.
    private static Guid CommandId(HttpRequest request, string staffId) => request.Headers[Headers.IdempotencyKey] switch
    {
        [] => Guid.NewGuid(),
        [var text] when Guid.TryParse(text, out var key) => EventLog.Serialisation.EventId.Derive(key, $"{staffId} {request.Method} {request.Path}"),
        _ => throw new InvalidRequestException(Headers.IdempotencyKey, "An Idempotency-Key is one UUID."),
    };

    private static long? ExpectedRevision(HttpRequest request) => request.Headers[Headers.IfMatch] switch
    {
        [] => null,
        [var tag] when long.TryParse(tag?.Trim('"'), NumberStyles.Integer, CultureInfo.InvariantCulture, out var revision) => revision,
        _ => throw new InvalidRequestException(Headers.IfMatch, "If-Match is the revision that you have seen, in quotes."),
    };
}
