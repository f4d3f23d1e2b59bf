using System.Globalization;
using System.Text;

namespace Intake.Projections;

/// <summary>Text as people search it: fold what is typed the same way, and case, accents and punctuation do not matter.</summary>
public static class SearchText
{
    /// <summary>
    /// Lower case; letters without diacritics (ș as s, ё as е, й as и); everything but letters and digits becomes one blank.
    /// </summary>
    public static string Fold(params IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var folded = new StringBuilder();
        foreach (var letter in string.Join(' ', texts).ToLowerInvariant().Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(letter))
            {
                folded.Append(letter);
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark && folded is [.., not ' '])
            {
                folded.Append(' ');
            }
        }

        return folded.ToString().TrimEnd();
    }
}

/// <summary>Telephone numbers as callers are looked up by.</summary>
public static class PhoneDigits
{
    /// <summary>
    /// The digits, without the 00 that some write for +; empty where there are none. +373 69 12-34-56 and 0037369123456 are one
    /// number; a number without its country's code stays as it is.
    /// </summary>
    public static string Of(string number)
    {
        ArgumentNullException.ThrowIfNull(number);
        var digits = string.Concat(number.Where(char.IsAsciiDigit));
        return digits.StartsWith("00", StringComparison.Ordinal) ? digits[2..] : digits;
    }
}
