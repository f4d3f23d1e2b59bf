using Intake.Domain;
using Intake.EventLog;
using Intake.EventLog.Serialisation;
using MediatR;

namespace Intake.Application;

/// <summary>Something that a person, the telephony or a policy wants done.</summary>
/// <remarks>Each command names the roles that may send it with <see cref="ForAttribute"/>; without it nobody may.</remarks>
public abstract record Command : IRequest<CommandResult>
{
    public required CommandContext Context { get; init; }
}

/// <summary>Who commands, when, and how a retry is recognised.</summary>
/// <param name="CommandId">Chosen by the sender; the ids of the events derive from it.</param>
/// <param name="Now">The clock's reading when the command came in; deciders know no other clock.</param>
/// <param name="CorrelationId">The call, or what else holds a chain of events together; empty where nothing does.</param>
/// <param name="Source"><c>desk</c>, <c>telephony</c>, <c>policy</c>, <c>import</c>.</param>
/// <param name="OnBehalfOf">For whom the person stands in by this command, with that one's rights (A.I.6); null where he acts by his own.</param>
/// <param name="ExpectedRevision">The revision that the sender has seen; null where he does not mind.</param>
public sealed record CommandContext(
    Guid CommandId, Actor Actor, DateTimeOffset Now, string CorrelationId, string Source, long? ExpectedRevision = null,
    string CausationId = "", Actor? OnBehalfOf = null)
{
    /// <summary>The person who commands.</summary>
    public StaffRef By => Actor.Person;

    /// <summary>The role in which he acts: his own, or that of the person for whom he stands in.</summary>
    public StaffRole Role => (OnBehalfOf ?? Actor).Role;

    /// <summary>Whose right it is by which he acts: his own, or that of the person for whom he stands in.</summary>
    public StaffRef InRightOf => (OnBehalfOf ?? Actor).Person;

    /// <summary>The context of a step of this command on another stream: recognised on a retry as this one is.</summary>
    public CommandContext Step(string name) => this with
    {
        CommandId = EventId.Derive(CommandId, name),
        ExpectedRevision = null,
        CausationId = CommandId.ToString(),
    };
}

/// <summary>The roles that may send a command. Several roles may; a command without this attribute is nobody's.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ForAttribute(params StaffRole[] roles) : Attribute
{
    public IReadOnlyList<StaffRole> Roles { get; } = roles;
}

/// <summary>How a command ended.</summary>
public abstract record CommandResult
{
    /// <summary>Where the log stands after the command's last event; the position to wait for.</summary>
    public LogPosition Position { get; init; }
}

/// <summary>Carried out.</summary>
/// <param name="Revision">Of the stream, afterwards.</param>
/// <param name="Changed">False when what was asked for was so already.</param>
public sealed record Done(long Revision, bool Changed) : CommandResult;

/// <summary>The rules said no; the refusal is kept.</summary>
public sealed record Refused(IRefusal Refusal) : CommandResult;

/// <summary>The stream is not at the revision that the sender has seen.</summary>
public sealed record Conflict(long Expected, long Actual) : CommandResult;

/// <summary>The role may not do this.</summary>
public sealed record NotAllowed(string Command, StaffRole Role) : CommandResult;
