using System.Collections.Concurrent;

namespace Intake.Application.Staff;

/// <summary>
/// People whose dismissal this host has seen: what was believed of their appointment is believed no longer, and looked up again. Each
/// host sees each dismissal, as it follows the log.
/// </summary>
public sealed class EndedAppointments
{
    private readonly ConcurrentDictionary<string, bool> _ended = new(StringComparer.Ordinal);

    /// <summary>The person was dismissed.</summary>
    public void Remember(string staffId) => _ended[staffId] = true;

    /// <summary>Whether the person was dismissed since this host started; he may have been appointed again.</summary>
    public bool Contains(string staffId) => _ended.ContainsKey(staffId);
}
