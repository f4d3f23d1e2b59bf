using System.Globalization;

namespace Intake.Domain.Staff;

/// <summary>
/// The names of a person's session streams, one a shift: the first has his id, the next ones <c>:1</c>, <c>:2</c> after it. What was kept
/// before each shift had a stream of its own stands in the first.
/// </summary>
public static class ShiftStream
{
    /// <summary>Stands between a person's id and the number of his shift; no id has it, see <see cref="StaffMember.Appoint"/>.</summary>
    public const char Separator = ':';

    /// <summary>The id of the stream of a person's shift.</summary>
    /// <param name="shift">0 for his first.</param>
    public static string Id(string staffId, int shift) =>
        shift == 0 ? staffId : string.Create(CultureInfo.InvariantCulture, $"{staffId}{Separator}{shift}");

    /// <summary>Which shift of its person the stream with this id is.</summary>
    public static int Shift(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return int.TryParse(id.AsSpan(id.LastIndexOf(Separator) + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var shift)
            && id.Contains(Separator, StringComparison.Ordinal)
            ? shift
            : 0;
    }
}
