using Intake.Domain.Calls;

namespace Intake.Host.Telephony;

/// <summary>A line that could not be used.</summary>
public sealed record SkippedLine(long Line, string Why);

/// <summary>What a feed came to so far.</summary>
/// <param name="NotOfACall">Lines about queues and the server.</param>
/// <param name="CallsChanged">Calls of a batch to which something was added; a call with lines in two batches counts in both.</param>
/// <param name="CallsKnown">Calls of a batch of which all was known.</param>
/// <param name="Skipped">How many lines could not be used.</param>
/// <param name="First">The first of them, no more than a screen can show.</param>
/// <param name="OfPhones">Lines that say whether a phone takes calls.</param>
public sealed record FeedTally(
    long Lines, long Signals, long NotOfACall, long CallsChanged, long CallsKnown, long Skipped, IReadOnlyList<SkippedLine> First, long Offset,
    long OfPhones = 0)
{
    private const int Shown = 100;

    /// <summary>Nothing yet.</summary>
    public static readonly FeedTally None = new(0, 0, 0, 0, 0, 0, [], 0);

    internal FeedTally And(SkippedLine line) =>
        this with { Skipped = Skipped + 1, First = First.Count < Shown ? [.. First, line] : First };
}

/// <summary>
/// Takes a feed over, batch by batch: the signals of each call in a batch in one append. What was taken before is recognised, so a feed
/// that was cut off is simply taken again.
/// </summary>
public sealed class FeedImport(SignalFeed feed, QueueLog format, TimeProvider clock, string source)
{
    /// <summary>Lines taken together; it bounds the memory, and most calls' signals stand within so many lines.</summary>
    private const int Batch = 20_000;

    private static readonly TimeSpan AheadOfTime = TimeSpan.FromMilliseconds(20);

    /// <summary>Takes the lines over.</summary>
    /// <param name="speed">So many times as fast as it happened; null for as fast as it goes.</param>
    /// <param name="taken">Told after each batch, when it is safe.</param>
    public async Task<FeedTally> Take(
        IAsyncEnumerable<RawLine> lines, double? speed, Func<FeedTally, Task> taken, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(taken);
        var (tally, batch, phones, begun) = (FeedTally.None, new List<CallSignal>(), new List<PhoneSignal>(), clock.GetTimestamp());
        DateTimeOffset? first = null;
        var waiting = 0;
        await foreach (var line in lines.WithCancellation(cancel))
        {
            var reading = line.Bytes is { } bytes ? format.Read(bytes) : new FeedLine.Malformed($"it is longer than {FeedLines.Longest} bytes");
            tally = tally with { Lines = tally.Lines + 1 };
            switch (reading)
            {
                case FeedLine.Signals { All: var signals }:
                    await InTime(signals[0].OccurredAt);
                    batch.AddRange(signals);
                    tally = tally with { Signals = tally.Signals + signals.Count };
                    break;
                case FeedLine.OfPhone { Signal: var signal }:
                    await InTime(signal.OccurredAt);
                    phones.Add(signal);
                    tally = tally with { OfPhones = tally.OfPhones + 1 };
                    break;
                case FeedLine.NotOfACall:
                    tally = tally with { NotOfACall = tally.NotOfACall + 1 };
                    break;
                case FeedLine.Malformed { Why: var why }:
                    tally = tally.And(new SkippedLine(line.Number, why));
                    break;
            }

            tally = tally with { Offset = line.Next };
            if (++waiting >= Batch)
            {
                await Flush();
            }
        }

        await Flush();
        return tally;

        // What is due now goes before what is not due yet.
        async Task InTime(DateTimeOffset occurred)
        {
            if (speed is not { } times)
            {
                return;
            }

            first ??= occurred;
            var early = ((occurred - first.Value) / times) - clock.GetElapsedTime(begun);
            if (early > AheadOfTime)
            {
                await Flush();
                await Task.Delay(early, clock, cancel);
            }
        }

        async Task Flush()
        {
            if (batch.Count > 0)
            {
                var heard = await feed.Take(batch, source, cancel);
                var changed = heard.Values.Count(call => call.Changed);
                tally = tally with { CallsChanged = tally.CallsChanged + changed, CallsKnown = tally.CallsKnown + heard.Count - changed };
                batch.Clear();
            }

            if (phones.Count > 0)
            {
                await feed.Take(phones, source, cancel);
                phones.Clear();
            }

            waiting = 0;
            await taken(tally);
        }
    }
}
