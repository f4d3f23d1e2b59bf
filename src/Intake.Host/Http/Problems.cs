using Intake.Application;
using Intake.Application.Staff;
using Intake.Contracts;
using Intake.Domain.Callbacks;
using Intake.Domain.Calls;
using Intake.Domain.Ordering;
using Intake.Domain.Staff;
using Intake.EventLog;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Intake.Host.Http;

/// <summary>What goes wrong, as Problem Details with stable codes; see <see cref="ProblemCodes"/>.</summary>
public static class Problems
{
    /// <summary>The answer to a command that was not carried out; null where it was.</summary>
    public static ProblemDetails? Of(CommandResult result) => result switch
    {
        Refused refused => Refusal(refused),
        Conflict conflict => new ProblemDetails
        {
            Status = StatusCodes.Status409Conflict,
            Title = "Somebody else was first.",
            Detail = "It has changed since you looked. Look again, then repeat what you wanted.",
            Extensions = { ["code"] = ProblemCodes.Conflict, ["expected"] = conflict.Expected, ["actual"] = conflict.Actual },
        },
        NotAllowed denied => new ProblemDetails
        {
            Status = StatusCodes.Status403Forbidden,
            Title = "Your role may not do this.",
            Detail = $"{denied.Command} is not for the role {Wire.Word(denied.Role)}.",
            Extensions = { ["code"] = ProblemCodes.NotAllowed },
        },
        _ => null,
    };

    /// <summary>There is no such thing.</summary>
    public static IResult NotFound(string what) => Results.Problem(new ProblemDetails
    {
        Status = StatusCodes.Status404NotFound,
        Title = "There is no such thing.",
        Detail = what,
        Extensions = { ["code"] = ProblemCodes.NotFound },
    });

    /// <summary>The request is not understood.</summary>
    public static ProblemDetails Invalid(string field, string message) => new()
    {
        Status = StatusCodes.Status400BadRequest,
        Title = "The request is not understood.",
        Detail = message,
        Extensions =
        {
            ["code"] = ProblemCodes.Invalid,
            ["errors"] = new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [message] },
        },
    };

    /// <summary>Faults become Problem Details too; a stack trace never leaves the host.</summary>
    public static async Task Answer(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        var problem = http.Features.Get<IExceptionHandlerFeature>()?.Error switch
        {
            InvalidRequestException invalid => Invalid(invalid.Field, invalid.Message),
            BadHttpRequestException bad => Invalid("body", bad.InnerException?.Message ?? bad.Message) is var answer
                && bad.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? TooLarge()
                : answer,
            NotStandingInException notStandingIn => Invalid(Headers.OnBehalfOf, notStandingIn.Message),
            EventIdsReusedException => Invalid(
                Headers.IdempotencyKey, "This Idempotency-Key was used for another command. Choose a new one for each."),
            EventLogException and not EventLogUnavailableException => new ProblemDetails
            {
                Status = StatusCodes.Status503ServiceUnavailable,
                Title = "The event log does not take it.",
                Detail = "Nothing was written. Tell the person who runs the system: the host's log says what has to be put right.",
                Extensions = { ["code"] = ProblemCodes.Unavailable },
            },
            EventLogUnavailableException or NpgsqlException or TimeoutException => new ProblemDetails
            {
                Status = StatusCodes.Status503ServiceUnavailable,
                Title = "The database does not answer.",
                Detail = "Repeat it with the same Idempotency-Key: it will be carried out once.",
                Extensions = { ["code"] = ProblemCodes.Unavailable },
            },
            _ => new ProblemDetails
            {
                Status = StatusCodes.Status500InternalServerError,
                Title = "The host made a mistake.",
                Detail = "It has been logged under the trace id.",
                Extensions = { ["code"] = "fault" },
            },
        };
        problem.Extensions["traceId"] = System.Diagnostics.Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
        await Results.Problem(problem).ExecuteAsync(http);
    }

    /// <summary>The person signed in rightly, on a device that may not be worked on outside the office.</summary>
    /// <param name="reason">device-waiting, or why it waits in vain.</param>
    /// <param name="code">What he reads to who admits it.</param>
    public static IResult DeviceNotAdmitted(string reason, string say, string code) => Results.Problem(new ProblemDetails
    {
        Status = StatusCodes.Status403Forbidden,
        Title = "This device is not registered.",
        Detail = say,
        Extensions = { ["code"] = ProblemCodes.DeviceNotAdmitted, ["reason"] = reason, ["deviceCode"] = code },
    });

    /// <summary>It is answered in the office only.</summary>
    public static IResult OfficeOnly(string say) => Results.Problem(new ProblemDetails
    {
        Status = StatusCodes.Status403Forbidden,
        Title = "Not outside the office.",
        Detail = say,
        Extensions = { ["code"] = ProblemCodes.OfficeOnly },
    });

    private static ProblemDetails TooLarge() => new()
    {
        Status = StatusCodes.Status413PayloadTooLarge,
        Title = "The request is too large.",
        Detail = "Send it in smaller parts.",
        Extensions = { ["code"] = ProblemCodes.Invalid },
    };

    private static ProblemDetails Refusal(Refused refused)
    {
        var problem = new ProblemDetails
        {
            Status = refused.Refusal is CallAlreadyTaken or CallbackAlreadyLeased ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity,
            Title = "The rules say no.",
            Detail = refused.Refusal.Reason,
            Extensions =
            {
                ["code"] = refused.Refusal is CallAlreadyTaken or CallbackAlreadyLeased ? ProblemCodes.Conflict : ProblemCodes.Refused,
                ["reason"] = refused.Refusal.Code,
                ["position"] = refused.Position.Number,
            },
        };
        switch (refused.Refusal)
        {
            case CallAlreadyTaken taken:
                problem.Extensions["winner"] = new Person(taken.By.Id, taken.By.Name);
                break;
            case AnotherCallInHand held:
                problem.Extensions["callId"] = held.InHand;
                break;
            case CallbackAlreadyLeased leased:
                problem.Extensions["winner"] = new Person(leased.By.Id, leased.By.Name);
                break;
            case SubmissionRefused open:
                problem.Extensions["gates"] = open.Gates.Select(gate => new { gate = Wire.Word(gate.Gate), say = gate.Say }).ToList();
                break;
        }

        return problem;
    }
}
