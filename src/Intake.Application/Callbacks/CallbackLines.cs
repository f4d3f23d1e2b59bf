using System.Text.RegularExpressions;
using Intake.Domain.Callbacks;
using Intake.Domain.Calls;

namespace Intake.Application.Callbacks;

/// <summary>
/// Which stream holds a callback. A promise is named by its number's stream and its place in it, or by the call that became it; one from
/// before the streams of numbers has a stream of its own name.
/// </summary>
public sealed partial class CallbackLines(CommandRunner runner, TelephoneNumbers numbers)
{
    /// <summary>The stream that holds the callback of this id; where there is none, the one that would.</summary>
    public async Task<string> Holding(string callbackId, CancellationToken cancel)
    {
        if (PlaceInLine().Match(callbackId) is { Success: true } place)
        {
            return place.Groups["line"].Value;
        }

        if ((await runner.Load(Callback.Stream, callbackId, cancel)).State.Rounds > 0)
        {
            return callbackId;
        }

        var call = (await runner.Load(Call.Stream, callbackId, cancel)).State;
        return call.Phase == CallPhase.Unknown ? callbackId : numbers.LineOf(call.FromNumber, callbackId);
    }

    [GeneratedRegex("^(?<line>[0-9a-f]{32})-[0-9]{1,9}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PlaceInLine();
}
