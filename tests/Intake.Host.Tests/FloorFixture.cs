using Intake.Domain.Calls;
using Intake.Host.Hosting;

namespace Intake.Host.Tests;

/// <summary>The times that a floor keeps, where tests want others than a company would.</summary>
public interface IFloorTimes
{
    static abstract FloorPolicy Policy { get; }
}

/// <summary>A host whose floor keeps these times.</summary>
public sealed class FloorFixture<TTimes> : HostFixture
    where TTimes : IFloorTimes
{
    protected override HostSettings Changed(HostSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings with { Floor = TTimes.Policy };
    }
}
