using Intake.Testing.EventStoreDb.Log;

namespace Intake.Testing.EventStoreDb;

/// <summary>How the answer to an append stays out.</summary>
public enum CutKind
{
    /// <summary>The connection is reset, with all that goes over it.</summary>
    Reset,

    /// <summary>The call ends without an error and without the answer, as servers do at times when their role changes.</summary>
    EndOfCall,
}

/// <summary>What goes wrong at a node when a test says so, and counters on which a test can wait.</summary>
public sealed class NodeFaults
{
    private readonly Gate appends = new();
    private readonly Gate answers = new();
    private readonly Gate reads = new();
    private readonly Countdown<NodeRefusal> appendRefusals = new();
    private readonly Countdown<NodeRefusal> readRefusals = new();
    private readonly Countdown<CutKind?> cutsBeforeWrite = new();
    private readonly Countdown<CutKind?> cutsBeforeAnswer = new();
    private readonly Action dropConnections;
    private long received;
    private long written;
    private long answered;
    private int subscriptions;

    internal NodeFaults(Action dropConnections) => this.dropConnections = dropConnections;

    /// <summary>Appends that have arrived whole.</summary>
    public long AppendsReceived => Interlocked.Read(ref received);

    /// <summary>Appends that have put events into the log; neither refused ones nor repeated ones.</summary>
    public long AppendsWritten => Interlocked.Read(ref written);

    /// <summary>Appends whose answer, good or bad, has been sent.</summary>
    public long AppendsAnswered => Interlocked.Read(ref answered);

    /// <summary>Subscriptions that are open now.</summary>
    public int SubscriptionsOpen => Volatile.Read(ref subscriptions);

    /// <summary>How long each append waits before it is written, one after the other.</summary>
    public TimeSpan AppendDelay { get; set; }

    /// <summary>How long each answer to an append waits when it has been written, one after the other.</summary>
    public TimeSpan AnswerDelay { get; set; }

    /// <summary>Appends are received and not written until the result is disposed.</summary>
    public IDisposable HoldAppends() => appends.Close();

    /// <summary>Appends are written and not answered until the result is disposed.</summary>
    public IDisposable HoldAppendAnswers() => answers.Close();

    /// <summary>Reads and subscriptions send nothing until the result is disposed.</summary>
    public IDisposable HoldReads() => reads.Close();

    /// <summary>The next appends are not written, and their connection is cut.</summary>
    public void CutBeforeWrite(int appends = 1, CutKind how = CutKind.Reset) => cutsBeforeWrite.Set(how, appends);

    /// <summary>The next appends are written, and their connection is cut before they are answered.</summary>
    public void CutBeforeAnswer(int appends = 1, CutKind how = CutKind.Reset) => cutsBeforeAnswer.Set(how, appends);

    /// <summary>Resets every connection now. Clients may connect again at once.</summary>
    public void DropConnections() => dropConnections();

    /// <summary>The next appends are refused.</summary>
    public void RefuseAppends(NodeRefusal refusal, int times = 1) => appendRefusals.Set(refusal, times);

    /// <summary>The next reads are refused; of a subscription the next page that it catches up with.</summary>
    public void RefuseReads(NodeRefusal refusal, int times = 1) => readRefusals.Set(refusal, times);

    /// <summary>From now on nothing goes wrong; what is held goes on.</summary>
    public void Heal()
    {
        (AppendDelay, AnswerDelay) = (TimeSpan.Zero, TimeSpan.Zero);
        foreach (var gate in (Gate[])[appends, answers, reads]) gate.Open();
        foreach (var refusals in (Countdown<NodeRefusal>[])[appendRefusals, readRefusals]) refusals.Clear();
        foreach (var cuts in (Countdown<CutKind?>[])[cutsBeforeWrite, cutsBeforeAnswer]) cuts.Clear();
    }

    internal bool MayDelayAppends => appends.IsClosed || AppendDelay > TimeSpan.Zero;

    internal ValueTask BeforeWrite(CancellationToken cancel) => Wait(appends, AppendDelay, cancel);

    internal ValueTask BeforeAppendAnswer(CancellationToken cancel) => Wait(answers, AnswerDelay, cancel);

    internal ValueTask BeforeReadAnswer(CancellationToken cancel) => Wait(reads, TimeSpan.Zero, cancel);

    internal CutKind? NextCutBeforeWrite() => cutsBeforeWrite.Take();

    internal CutKind? NextCutBeforeAnswer() => cutsBeforeAnswer.Take();

    internal NodeRefusal? NextAppendRefusal() => appendRefusals.Take();

    internal NodeRefusal? NextReadRefusal() => readRefusals.Take();

    internal void Received() => Interlocked.Increment(ref received);

    internal void Written(CommitDecision decision)
    {
        if (decision == CommitDecision.Ok) Interlocked.Increment(ref written);
    }

    internal void Answered() => Interlocked.Increment(ref answered);

    internal IDisposable CountSubscription()
    {
        Interlocked.Increment(ref subscriptions);
        return new Once(() => Interlocked.Decrement(ref subscriptions));
    }

    private static ValueTask Wait(Gate gate, TimeSpan delay, CancellationToken cancel) =>
        delay > TimeSpan.Zero || gate.IsClosed ? new(Slowly(gate, delay, cancel)) : ValueTask.CompletedTask;

    private static async Task Slowly(Gate gate, TimeSpan delay, CancellationToken cancel)
    {
        if (delay > TimeSpan.Zero) await Task.Delay(delay, cancel);
        await gate.Passed.WaitAsync(cancel);
    }

    /// <summary>Something that happens to the next so many.</summary>
    private sealed class Countdown<T>
    {
        private readonly Lock gate = new();
        private T? what;
        private int left;

        public void Set(T happens, int times)
        {
            lock (gate) (what, left) = (happens, times);
        }

        public void Clear() => Set(default!, 0);

        public T? Take()
        {
            if (Volatile.Read(ref left) == 0) return default;
            lock (gate) return left > 0 && left-- > 0 ? what : default;
        }
    }

    private sealed class Gate
    {
        private volatile TaskCompletionSource? closed;

        public bool IsClosed => closed is not null;

        public Task Passed => closed?.Task ?? Task.CompletedTask;

        public Once Close()
        {
            closed ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return new Once(Open);
        }

        public void Open() => Interlocked.Exchange(ref closed, null)?.TrySetResult();
    }

    private sealed class Once(Action action) : IDisposable
    {
        private Action? action = action;

        public void Dispose() => Interlocked.Exchange(ref action, null)?.Invoke();
    }
}
