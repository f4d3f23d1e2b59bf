using Intake.EventLog.Serialisation;

namespace Intake.Application.Calls;

/// <summary>Ids of calls derive from the telephony's own, so that signals in any order meet in one stream.</summary>
public static class CallIds
{
    public static string Of(string source, string sourceCallId) => EventId.Named($"call {source} {sourceCallId}").ToString("N");
}
