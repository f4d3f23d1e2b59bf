using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Intake.Desk.Floor;

/// <summary>A word in a drawing; Razor keeps the tag <c>text</c> for itself.</summary>
public sealed class AxisLabel : ComponentBase
{
    [Parameter]
    [EditorRequired]
    public double X { get; set; }

    [Parameter]
    [EditorRequired]
    public double Y { get; set; }

    /// <summary>start, middle or end of the text stands at <see cref="X"/>.</summary>
    [Parameter]
    public string Anchor { get; set; } = "start";

    [Parameter]
    [EditorRequired]
    public string Text { get; set; } = string.Empty;

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "class", "axis");
        builder.AddAttribute(2, "x", X.ToString("0.##", CultureInfo.InvariantCulture));
        builder.AddAttribute(3, "y", Y.ToString("0.##", CultureInfo.InvariantCulture));
        builder.AddAttribute(4, "text-anchor", Anchor);
        builder.AddContent(5, Text);
        builder.CloseElement();
    }
}
