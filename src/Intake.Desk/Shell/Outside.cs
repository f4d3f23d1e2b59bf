using Intake.Contracts;
using Intake.Desk.Api;

namespace Intake.Desk.Shell;

/// <summary>Whether this desk stands outside the office, whose it is there, and when its session ends unless it is used (C6).</summary>
public sealed class Outside
{
    public Outside(Transport transport)
    {
        ArgumentNullException.ThrowIfNull(transport);
        transport.SessionEnds += PutOff;
    }

    /// <summary>Who works here; null in the office and while nobody is signed in.</summary>
    public string? Name { get; private set; }

    /// <summary>When the session ends unless it is used before, by the host's clock.</summary>
    public DateTimeOffset EndsAt { get; private set; }

    /// <summary>When it ends in any case.</summary>
    public DateTimeOffset LastsUntil { get; private set; }

    /// <summary>How long before its end the desk says so.</summary>
    public TimeSpan WarnBefore { get; private set; }

    /// <summary>The last session here ended by itself, and nobody has signed in since.</summary>
    public bool HasEnded { get; private set; }

    public event Action? Changed;

    /// <summary>This person is signed in, here or in the office; null where nobody is any more.</summary>
    /// <param name="left">He signed out himself.</param>
    public void Become(Me? me, bool left = false)
    {
        HasEnded = me is null && !left && (Name is not null || HasEnded);
        Name = me is { Outside: not null } ? me.Name : null;
        if (me?.Outside is { } session)
        {
            (EndsAt, LastsUntil, WarnBefore) = (session.EndsAt, session.LastsUntil, TimeSpan.FromSeconds(session.WarnSeconds));
        }

        Changed?.Invoke();
    }

    // Answers overtake each other, and no use brings the end nearer.
    private void PutOff(DateTimeOffset ends)
    {
        if (ends > EndsAt)
        {
            EndsAt = ends;
            Changed?.Invoke();
        }
    }
}
