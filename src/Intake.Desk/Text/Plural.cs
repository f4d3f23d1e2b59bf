namespace Intake.Desk.Text;

/// <summary>The plural forms of the three languages, as Unicode CLDR defines them.</summary>
public static class Plural
{
    /// <summary>Which form a number takes: <c>one</c>, <c>few</c>, <c>many</c> or <c>other</c>.</summary>
    /// <param name="language">en, ro or ru.</param>
    public static string FormOf(string language, decimal number)
    {
        var n = Math.Abs(number);
        var whole = n == decimal.Truncate(n);
        return language switch
        {
            "ro" => Romanian(n, whole),
            "ru" => whole ? Russian(n) : "other",
            _ => n == 1 ? "one" : "other",
        };
    }

    private static string Romanian(decimal n, bool whole) => (n, n % 100) switch
    {
        (1, _) => "one",
        (0, _) => "few",
        (_, >= 1 and <= 19) when whole => "few",
        _ when !whole => "few",
        _ => "other",
    };

    private static string Russian(decimal n) => (n % 10, n % 100) switch
    {
        (1, not 11) => "one",
        ( >= 2 and <= 4, not (>= 12 and <= 14)) => "few",
        _ => "many",
    };
}
