namespace Intake.Contracts;

/// <summary>A device on which a person works outside the office, or asks to (C6).</summary>
/// <param name="Code">What the person reads to who admits it.</param>
/// <param name="Label">What he recognises it by: browser and system.</param>
/// <param name="Phase">requested, admitted, refused, withdrawn.</param>
/// <param name="DecidedBy">Who admitted, refused or withdrew it; null while it waits.</param>
/// <param name="Because">The order by which it is admitted, or why it is not.</param>
/// <param name="Until">The first moment at which it is not admitted any more; null where it never was.</param>
public sealed record DeviceRow(
    string DeviceId, string Code, Person Person, string Label, DateTimeOffset RequestedAt, string Phase, Person? DecidedBy, string Because,
    DateTimeOffset? DecidedAt, DateTimeOffset? Until, long ChangedAt);

/// <summary>Admitting a device.</summary>
/// <param name="Order">By which order or agreement; its number, or other words by which it is found.</param>
/// <param name="Until">A year from now at most.</param>
public sealed record AdmitDevice(string Order, DateTimeOffset Until);

/// <summary>What holds for a session outside the office.</summary>
/// <param name="EndsAt">When it ends unless it is used before; each answer says it anew, <see cref="Headers.SessionEnds"/>.</param>
/// <param name="LastsUntil">When it ends in any case.</param>
/// <param name="WarnSeconds">How long before its end the desk says so.</param>
public sealed record OutsideSession(DateTimeOffset EndsAt, DateTimeOffset LastsUntil, int WarnSeconds);
