using System.Collections.Concurrent;
using System.Reflection;
using Intake.Domain;

namespace Intake.Application;

/// <summary>Who may send which command, as <see cref="ForAttribute"/> says.</summary>
public static class Rights
{
    private static readonly ConcurrentDictionary<Type, IReadOnlySet<StaffRole>> Known = new();

    /// <summary>The roles that may send a command of this type; none where it names none.</summary>
    public static IReadOnlySet<StaffRole> Of(Type command) =>
        Known.GetOrAdd(command, type => (type.GetCustomAttribute<ForAttribute>()?.Roles ?? []).ToHashSet());
}
