using Intake.Desk.Text;
using Microsoft.AspNetCore.Components;

namespace Intake.Desk.Shell;

/// <summary>A component that speaks the chosen language and follows events until it leaves the screen.</summary>
public abstract class LiveComponent : ComponentBase, IDisposable
{
    private readonly List<Action> leaving = [];

    /// <summary>The words of the chosen language.</summary>
    [Inject]
    public Lexicon T { get; set; } = null!;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Renders again whenever the event is raised.</summary>
    protected void Follow(Action<Action> add, Action<Action> remove) => Follow(add, remove, Again);

    /// <summary>Calls the handler whenever the event is raised.</summary>
    protected void Follow(Action<Action> add, Action<Action> remove, Action handler)
    {
        ArgumentNullException.ThrowIfNull(add);
        add(handler);
        leaving.Add(() => remove(handler));
    }

    /// <summary>Disposes of it when the component leaves.</summary>
    protected void Keep(IDisposable what) => leaving.Add(what.Dispose);

    /// <summary>Renders again, from wherever it is called.</summary>
    protected void Again() => _ = InvokeAsync(StateHasChanged);

    protected override void OnInitialized() => Follow(handler => T.Changed += handler, handler => T.Changed -= handler);

    protected virtual void Dispose(bool disposing)
    {
        leaving.ForEach(leave => leave());
        leaving.Clear();
    }
}
