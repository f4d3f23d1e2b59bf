using System.Reflection;
using Intake.Domain;

namespace Intake.EventLog.Tests.Serialisation;

/// <summary>
/// Instances of any event, the same at every run: complete, with every field filled, or with what is required only, where
/// optional fields are null and lists are empty. Texts carry letters of three alphabets.
/// </summary>
internal static class Filled
{
    private static readonly DateTimeOffset Moment = new(2026, 11, 24, 9, 30, 15, 250, TimeSpan.FromHours(3));
    private static readonly NullabilityInfoContext Nullability = new();

    public static IEvent Complete(Type type) => (IEvent)Instance(type, complete: true);

    public static IEvent RequiredOnly(Type type) => (IEvent)Instance(type, complete: false);

    private static object Instance(Type type, bool complete)
    {
        var constructor = type.GetConstructors().MaxBy(candidate => candidate.GetParameters().Length)!;
        return constructor.Invoke([.. constructor.GetParameters().Select((parameter, index) => Value(parameter, index, complete))]);
    }

    private static object? Value(ParameterInfo parameter, int index, bool complete) =>
        !complete && Nullability.Create(parameter).WriteState == NullabilityState.Nullable
            ? null
            : Value(Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType, parameter.Name!, index, complete);

    private static object Value(Type type, string name, int index, bool complete) => type switch
    {
        _ when type == typeof(string) => $"{name} ăîșț Жё",
        _ when type == typeof(int) => index + 1,
        _ when type == typeof(long) => 1_000L + index,
        _ when type == typeof(decimal) => 10.25m + index,
        _ when type == typeof(bool) => true,
        _ when type == typeof(DateTimeOffset) => Moment.AddMinutes(index),
        _ when type == typeof(DateOnly) => new DateOnly(2026, 11, 24).AddDays(index),
        { IsEnum: true } => type.GetEnumValues().GetValue(type.GetEnumValues().Length - 1)!,
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) =>
            List(type.GetGenericArguments()[0], name, complete),
        _ when type.Assembly == typeof(IEvent).Assembly => Instance(type, complete),
        _ => throw new NotSupportedException($"No sample of {type} for '{name}' yet; add one."),
    };

    private static Array List(Type item, string name, bool complete)
    {
        var list = Array.CreateInstance(item, complete ? 2 : 0);
        for (var n = 0; n < list.Length; n++)
            list.SetValue(Value(item, $"{name} {n + 1}", n, complete), n);
        return list;
    }
}
