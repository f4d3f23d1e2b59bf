using Intake.EventLog;

namespace Intake.Projections.Engine;

/// <summary>A projection cannot be built, because of an event that it cannot take or a state that forbids it.</summary>
public sealed class ProjectionFaultException : Exception
{
    public ProjectionFaultException()
    {
    }

    public ProjectionFaultException(string message)
        : base(message)
    {
    }

    public ProjectionFaultException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal ProjectionFaultException(string projection, Poison poison)
        : base($"The projection {projection} cannot take the event at {poison.Position}: {poison.Why.Message}", poison.Why) =>
        Position = poison.Position;

    /// <summary>The event in the way, if it is one.</summary>
    public LogPosition? Position { get; }
}
