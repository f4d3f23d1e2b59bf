using Intake.Desk.Text;
using Microsoft.JSInterop;

namespace Intake.Desk.Shell;

/// <summary>What a person chose for this browser: language, light or dark, single-letter keys. Kept in its local storage.</summary>
public sealed class Preferences(IJSRuntime js, Lexicon words, Keys keys)
{
    /// <summary>light, dark, or empty for what the system says.</summary>
    public string Theme { get; private set; } = string.Empty;

    /// <summary>Whether single letters and digits are shortcuts.</summary>
    public bool Letters { get; private set; } = true;

    public event Action? Changed;

    /// <summary>Reads and applies what was chosen before.</summary>
    public async Task Restore()
    {
        Letters = await Read("letters") != "off";
        await keys.Start(Letters);
        await ChooseTheme(await Read("theme") ?? string.Empty);
        await ChooseLanguage(await Read("language") ?? "en");
    }

    public async Task ChooseLanguage(string? language)
    {
        words.Choose(language);
        await keys.Language(words.Language);
        await Write("language", words.Language);
    }

    public async Task ChooseTheme(string theme)
    {
        Theme = theme;
        await keys.Theme(theme);
        await Write("theme", theme);
    }

    public async Task UseLetters(bool on)
    {
        Letters = on;
        await keys.Letters(on);
        await Write("letters", on ? "on" : "off");
    }

    private async Task<string?> Read(string name) => await js.InvokeAsync<string?>("localStorage.getItem", $"intake.{name}");

    private async Task Write(string name, string value)
    {
        await js.InvokeVoidAsync("localStorage.setItem", $"intake.{name}", value);
        Changed?.Invoke();
    }
}
