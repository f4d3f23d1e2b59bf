namespace Intake.Contracts;

/// <summary>The answer to a command that was carried out.</summary>
/// <param name="Position">The log position of its last event; a query can wait for it with <c>?after=</c>.</param>
/// <param name="Revision">The revision of the stream afterwards, for the next command's <c>If-Match</c>.</param>
/// <param name="Changed">False when what was asked for was so already.</param>
public sealed record CommandAnswer(long Position, long Revision, bool Changed);

/// <summary>The kinds of Problem Details, their <c>code</c>; stable.</summary>
public static class ProblemCodes
{
    /// <summary>409: somebody else was first; <c>detail</c> says what to do, <c>winner</c> who it was where that is known.</summary>
    public const string Conflict = "conflict";

    /// <summary>422: a rule of the business said no; <c>reason</c> is its stable code, <c>detail</c> the sentence.</summary>
    public const string Refused = "refused";

    /// <summary>400: the request is not understood; <c>errors</c> names the fields.</summary>
    public const string Invalid = "invalid";

    /// <summary>403: the role may not do this.</summary>
    public const string NotAllowed = "not-allowed";

    /// <summary>
    /// 403: signing in outside the office on a device that is not registered; <c>deviceCode</c> is what to read to who admits it,
    /// <c>reason</c> whether it waits (<c>device-waiting</c>) or asks in vain.
    /// </summary>
    public const string DeviceNotAdmitted = "device-not-admitted";

    /// <summary>403: this is answered in the office only.</summary>
    public const string OfficeOnly = "office-only";

    /// <summary>404: there is no such thing.</summary>
    public const string NotFound = "not-found";

    /// <summary>503: the log or the database does not answer; retry with the same Idempotency-Key.</summary>
    public const string Unavailable = "unavailable";
}

/// <summary>The headers of the interface.</summary>
public static class Headers
{
    /// <summary>A UUID chosen by the client for one command; a retry with the same one gives the same answer and no second effect.</summary>
    public const string IdempotencyKey = "Idempotency-Key";

    /// <summary>The id of the absent person for whom the sender stands in by this command; needed only where his own role would do.</summary>
    public const string OnBehalfOf = "On-Behalf-Of";

    /// <summary>When and by whom a telephony request was signed, <see cref="TelephonySignature"/>.</summary>
    public const string TelephonySignature = "X-Intake-Signature";

    /// <summary>On answers outside the office: when the session ends unless it is used before; ISO 8601.</summary>
    public const string SessionEnds = "Intake-Session-Ends";

    /// <summary>On requests that the desk makes without its person having done anything: they do not prolong a session outside the office.</summary>
    public const string ByItself = "Intake-By-Itself";

    /// <summary>The revision of the stream that the client has seen; another one is a conflict.</summary>
    public const string IfMatch = "If-Match";
}

/// <summary>A person as others see him.</summary>
public sealed record Person(string Id, string Name);

/// <summary>Who is signed in.</summary>
/// <param name="Role">operator, manager, keyAccountManager, head, finance, supervisor, auditor, administrator.</param>
/// <param name="StandsInFor">Those whose rights he has beside his own now.</param>
/// <param name="ReportsTo">The head who leads him, or who stands in for that one now; null where nobody is named.</param>
/// <param name="Outside">Null in the office.</param>
public sealed record Me(
    string StaffId, string Name, string Role, IReadOnlyList<Represented>? StandsInFor = null, Person? ReportsTo = null,
    OutsideSession? Outside = null);

/// <summary>Signing in.</summary>
public sealed record SignIn(string User, string Password);
