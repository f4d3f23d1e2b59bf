using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Intake.Contracts;

/// <summary>One canonical telephony signal.</summary>
/// <param name="Source">The telephony system; with <paramref name="SourceCallId"/> it names the call for ever.</param>
/// <param name="LegId">Its name for the leg; two signals of one kind and one moment on two legs are two.</param>
/// <param name="Kind">arrived, queued, offered, notAnswered, answered, held, resumed, transferred, abandoned, ended; presence, of a phone.</param>
/// <param name="Direction">inbound (without it), outbound.</param>
/// <param name="To">The number called; of a transfer, where to.</param>
/// <param name="Queue">The queue, for <c>queued</c>; <c>main</c> without it. For <c>presence</c> the one queue of which it is said.</param>
/// <param name="OccurredAt">By the telephony's clock.</param>
/// <param name="Extension">The phone, for <c>offered</c>, <c>notAnswered</c>, <c>answered</c> and <c>presence</c>.</param>
/// <param name="Position">The caller's place in the queue as the telephony counts, from 1; for <c>queued</c>.</param>
/// <param name="State">available, paused, unavailable; for <c>presence</c>, which needs it.</param>
/// <param name="Raw">What the telephony said in its own words; cut after 2,000 characters.</param>
public sealed record TelephonySignal(
    string Source, string? SourceCallId, string? LegId, string Kind, string? Direction, string? From, string? To, string? Queue,
    DateTimeOffset OccurredAt, string? Cause, string? Extension = null, int? Position = null, string? State = null, string? Raw = null);

/// <summary>What became of a signal: the call or the phone that it belongs to.</summary>
/// <param name="CallId">Empty where it speaks of a phone.</param>
/// <param name="Changed">False when it was known already.</param>
/// <param name="PhoneId">Null where it speaks of a call.</param>
public sealed record SignalAnswer(string CallId, long Position, bool Changed = true, string? PhoneId = null);

/// <summary>Many signals in one request; 1,000 at most.</summary>
public sealed record SignalBatch(IReadOnlyList<TelephonySignal> Signals);

/// <summary>What became of each, in the same order.</summary>
public sealed record SignalBatchAnswer(IReadOnlyList<SignalOutcome> Outcomes);

/// <summary>What became of a signal of a batch.</summary>
/// <param name="Call">The call, where it was taken.</param>
/// <param name="Field">The field that is wrong, where it was not.</param>
/// <param name="Error">Why it was not; null where it was.</param>
public sealed record SignalOutcome(SignalAnswer? Call, string? Field = null, string? Error = null);

/// <summary>
/// How the telephony signs a request: <c>t=1700000000,v1=ab12...</c>, the seconds since 1970 and the HMAC-SHA256, in hexadecimal digits, of
/// these seconds, a full stop and the body as it is sent.
/// </summary>
public static class TelephonySignature
{
    /// <summary>The value of <see cref="Headers.TelephonySignature"/>.</summary>
    public static string Of(string key, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var seconds = at.ToUnixTimeSeconds();
        return string.Create(CultureInfo.InvariantCulture, $"t={seconds},v1={Convert.ToHexStringLower(Digest(key, seconds, body))}");
    }

    /// <summary>The 32 bytes that sign a body at a moment.</summary>
    public static byte[] Digest(string key, long seconds, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(key));
        hmac.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seconds}.")));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }
}
