using Microsoft.JSInterop;

namespace Intake.Desk.Shell;

/// <summary>
/// Keys that work anywhere on the desk, named by the physical key (<c>KeyboardEvent.code</c>): a Cyrillic layout changes the letter and
/// not the key. Letters work only while nothing is typed, and can be switched off.
/// </summary>
public sealed class Keys(IJSRuntime js) : IDisposable
{
    private readonly Dictionary<string, Func<Task>> bound = [];
    private IJSObjectReference? module;
    private DotNetObjectReference<Keys>? self;

    /// <summary>Starts listening.</summary>
    public async Task Start(bool letters)
    {
        module ??= await js.InvokeAsync<IJSObjectReference>("import", "./js/keys.js");
        self ??= DotNetObjectReference.Create(this);
        await module.InvokeVoidAsync("start", self, bound.Keys.ToArray());
        await Letters(letters);
    }

    /// <summary>Binds a key until the returned value is disposed of; the last binding wins.</summary>
    public IDisposable Bind(string code, Func<Task> action)
    {
        bound[code] = action;
        _ = Tell();
        return new Binding(() =>
        {
            if (bound.TryGetValue(code, out var present) && present == action)
            {
                bound.Remove(code);
                _ = Tell();
            }
        });
    }

    /// <summary>Switches single letters and digits on or off.</summary>
    public async Task Letters(bool on) => await Call("letters", on);

    /// <summary>Moves the focus, once what is asked for is on screen.</summary>
    public async Task Focus(string selector) => await Call("focus", selector);

    /// <summary>Makes the dialog on screen modal: the rest is inert, and the focus goes to the element asked for.</summary>
    public async Task Modal(string selector) => await Call("modal", selector);

    /// <summary>light, dark, or empty for what the system says.</summary>
    public async Task Theme(string theme) => await Call("theme", theme);

    /// <summary>Tells the document its language.</summary>
    public async Task Language(string language) => await Call("language", language);

    /// <summary>How long ago the person last pressed a key or the mouse here; very long where nobody listens.</summary>
    public async Task<double> IdleSeconds() => module is null ? double.MaxValue : await module.InvokeAsync<double>("idleSeconds");

    /// <summary>Called by the module.</summary>
    [JSInvokable]
    public Task Pressed(string code) => bound.TryGetValue(code, out var action) ? action() : Task.CompletedTask;

    public void Dispose() => self?.Dispose();

    private async Task Tell() => await Call("bind", [bound.Keys.ToArray()]);

    private async Task Call(string function, params object?[] arguments)
    {
        if (module is not null)
        {
            await module.InvokeVoidAsync(function, arguments);
        }
    }

    private sealed class Binding(Action release) : IDisposable
    {
        public void Dispose() => release();
    }
}
