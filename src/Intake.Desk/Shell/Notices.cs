namespace Intake.Desk.Shell;

/// <summary>How a notice is meant.</summary>
public enum Tone
{
    Plain,
    Good,
    Bad,
}

/// <summary>One sentence for the person at the desk.</summary>
public sealed record Notice(int Number, string Text, Tone Tone);

/// <summary>What just happened, in a sentence: seen at the foot of the screen, heard by a screen reader, and gone after a while.</summary>
public sealed class Notices(TimeProvider time)
{
    private readonly List<Notice> shown = [];
    private int last;

    /// <summary>On show, oldest first.</summary>
    public IReadOnlyList<Notice> Shown => shown;

    /// <summary>The one summary for a screen reader: what was said last.</summary>
    public string Summary { get; private set; } = string.Empty;

    public event Action? Changed;

    /// <summary>Says it: bad news stays three times as long.</summary>
    public void Say(string text, Tone tone = Tone.Plain)
    {
        var notice = new Notice(++last, text, tone);
        shown.Add(notice);
        Summarise(text);
        _ = Leave(notice);
    }

    /// <summary>Tells a screen reader only.</summary>
    public void Summarise(string text)
    {
        Summary = text;
        Changed?.Invoke();
    }

    /// <summary>Takes it away.</summary>
    public void Dismiss(Notice notice)
    {
        shown.Remove(notice);
        Changed?.Invoke();
    }

    private async Task Leave(Notice notice)
    {
        await Task.Delay(TimeSpan.FromSeconds(notice.Tone == Tone.Bad ? 15 : 5), time);
        Dismiss(notice);
    }
}
