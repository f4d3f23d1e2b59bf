using System.Globalization;
using System.Security.Cryptography;
using Intake.Contracts;
using Intake.Host.Hosting;

namespace Intake.Host.Telephony;

/// <summary>Why a request is not believed.</summary>
/// <param name="Code">Stable: <c>signature-missing</c>, <c>signature-wrong</c>, <c>clock-off</c>, <c>replayed</c>.</param>
public sealed record Disbelief(string Code, string Say);

/// <summary>Believes who has the telephony's key, says so now, and says it once (<see cref="TelephonySignature"/>).</summary>
public sealed class SignedRequests(HostSettings settings, TakenSignatures taken, TimeProvider clock)
{
    /// <summary>How far the sender's clock may be off, to either side.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>Why the request is not believed; null where it is, and then its signature is spent.</summary>
    public async Task<Disbelief?> Doubts(string? header, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        if (Parse(header) is not var (seconds, given))
        {
            return new Disbelief(
                "signature-missing",
                $"{Headers.TelephonySignature} is missing or not of the form t=SECONDS,v1=HEX with 64 hexadecimal digits; see docs/telephony.md.");
        }

        if (!CryptographicOperations.FixedTimeEquals(given, TelephonySignature.Digest(settings.TelephonyKey, seconds, body.Span)))
        {
            return new Disbelief(
                "signature-wrong", "The signature does not belong to this body, this time and this system's key. Sign the bytes that are sent.");
        }

        // Whoever has the key may learn how wrong his clock is.
        var off = seconds - clock.GetUtcNow().ToUnixTimeSeconds();
        if (Math.Abs(off) > Window.TotalSeconds)
        {
            return new Disbelief("clock-off", string.Create(
                CultureInfo.InvariantCulture,
                $"The request was signed {Math.Abs(off)} s {(off < 0 ? "ago" : "from now")} by this host's clock; {Window.TotalSeconds} s are allowed. Set the clock, or sign again."));
        }

        return await taken.Take(given, cancel)
            ? null
            : new Disbelief("replayed", "This very request was taken already. To send it again, sign it anew; signals known already change nothing.");
    }

    private static (long Seconds, byte[] Digest)? Parse(string? header)
    {
        var parts = (header ?? string.Empty).Split(',', StringSplitOptions.TrimEntries);
        return parts is [['t', '=', .. var time], ['v', '1', '=', .. var hex]]
            && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && hex.Length == 64 && hex.All(char.IsAsciiHexDigit)
                ? (seconds, Convert.FromHexString(hex))
                : null;
    }
}
