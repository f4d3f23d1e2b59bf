using System.Globalization;

namespace Intake.Desk.Text;

/// <summary>Comparison that folds case and diacritics: ş, ș and s are one letter to who searches, and so are ё and е.</summary>
public static class Folded
{
    /// <summary>Whether the text has the part in it.</summary>
    public static bool Contains(string text, string part) => CultureInfo.InvariantCulture.CompareInfo.IndexOf(
        text, part.Trim(), CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0;
}
