using System.Net;
using System.Text.Json;
using Intake.Contracts;

namespace Intake.Desk.Api;

/// <summary>Why something asked for was not done.</summary>
/// <param name="Code">One of <see cref="ProblemCodes"/>, <see cref="Unsigned"/> or <see cref="Silent"/>.</param>
/// <param name="Reason">The stable code of a refusal, such as <c>gates-open</c>; may be empty.</param>
/// <param name="Detail">The host's sentence.</param>
/// <param name="Gates">Of a submission refused.</param>
/// <param name="Winner">Who was first, where that is known.</param>
/// <param name="DeviceCode">What to read to who admits this device; empty where it is not about one.</param>
public sealed record Problem(
    string Code, string Reason, string Detail, IReadOnlyList<OpenGate> Gates, Person? Winner, string DeviceCode = "")
{
    /// <summary>401: nobody is signed in, or not any more.</summary>
    public const string Unsigned = "unsigned";

    /// <summary>The host did not answer, however often it was asked.</summary>
    public const string Silent = "silent";

    /// <summary>The host gave no answer to the last attempt.</summary>
    public static readonly Problem NoAnswer = new(Silent, string.Empty, string.Empty, [], null);

    /// <summary>Reads Problem Details; what is no such thing is told by its status.</summary>
    public static Problem Read(HttpStatusCode status, string body)
    {
        var code = status switch
        {
            HttpStatusCode.Unauthorized => Unsigned,
            HttpStatusCode.Forbidden => ProblemCodes.NotAllowed,
            HttpStatusCode.NotFound => ProblemCodes.NotFound,
            HttpStatusCode.Conflict => ProblemCodes.Conflict,
            HttpStatusCode.UnprocessableEntity => ProblemCodes.Refused,
            HttpStatusCode.BadRequest => ProblemCodes.Invalid,
            _ => ProblemCodes.Unavailable,
        };
        try
        {
            var wire = JsonSerializer.Deserialize<Wire>(body, ContractsJson.Options);
            return new Problem(
                wire?.Code ?? code, wire?.Reason ?? string.Empty, wire?.Detail ?? wire?.Title ?? string.Empty, wire?.Gates ?? [],
                wire?.Winner, wire?.DeviceCode ?? string.Empty);
        }
        catch (JsonException)
        {
            return new Problem(code, string.Empty, string.Empty, [], null);
        }
    }

    private sealed record Wire(
        string? Code, string? Reason, string? Detail, string? Title, IReadOnlyList<OpenGate>? Gates, Person? Winner, string? DeviceCode);
}

/// <summary>A gate that kept an order from being submitted.</summary>
public sealed record OpenGate(string Gate, string Say);

/// <summary>What came of a request: a value, or the problem instead of it.</summary>
public sealed record Outcome<T>(T? Value, Problem? Problem)
    where T : class
{
    public bool Done => Problem is null;
}
