using System.Text;
using System.Text.Json;

namespace Intake.Desk.Text;

/// <summary>Events of the log as a reader of history sees them: names as words, data as facts.</summary>
public static class EventWords
{
    /// <summary><c>order.OrderLineAdded.v1</c> as <c>Order line added</c>.</summary>
    public static string Title(string type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var name = type.Split('.', '/').Where(part => part.Length > 2 && char.IsLetter(part[0])).LastOrDefault(type);
        return Spaced(name);
    }

    /// <summary>The data, flattened to names and values; what is empty is left out.</summary>
    public static IEnumerable<(string Name, string Value)> Facts(JsonElement data, string under = "") => data.ValueKind switch
    {
        JsonValueKind.Object => data.EnumerateObject().SelectMany(member => Facts(
            member.Value, under.Length == 0 ? Spaced(member.Name) : $"{under} · {Spaced(member.Name).ToLowerInvariant()}")),
        JsonValueKind.Array => data.EnumerateArray().SelectMany((member, index) => Facts(member, $"{under} {index + 1}")),
        JsonValueKind.Null or JsonValueKind.Undefined => [],
        JsonValueKind.String when data.GetString() is { Length: 0 } => [],
        _ => [(under, data.ToString())],
    };

    /// <summary>The stream that a fact points to, so that a reader can follow it; null where it points to none.</summary>
    public static string? StreamOf(string name, string value) => name switch
    {
        "Call id" => $"call-{value}",
        "Order id" => $"order-{value}",
        "Client id" => $"client-{value}",
        "Callback id" => $"callback-{value}",
        "Phone id" => $"phone-{value}",
        "Escalation id" => $"escalation-{value}",
        _ => null,
    };

    private static string Spaced(string name)
    {
        var words = new StringBuilder(name.Length + 8);
        foreach (var letter in name.Replace('-', ' '))
        {
            if (char.IsUpper(letter) && words.Length > 0)
            {
                words.Append(' ');
            }

            words.Append(words.Length == 0 ? char.ToUpperInvariant(letter) : char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }
}
