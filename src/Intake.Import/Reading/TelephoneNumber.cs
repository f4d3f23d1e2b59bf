using PhoneNumbers;

namespace Intake.Import.Reading;

/// <summary>Telephone numbers as people write them, made comparable.</summary>
internal static class TelephoneNumber
{
    private static readonly PhoneNumberUtil Rules = PhoneNumberUtil.GetInstance();

    /// <summary>
    /// The number as E.164, and a remark where it cannot be a number of today. One that has the wrong length keeps its
    /// country's calling code and its digits; one that cannot be read at all stays as it was written.
    /// </summary>
    /// <param name="region">Two letters of ISO 3166: the country whose national form the number has, or empty.</param>
    public static (string Phone, string? Remark) Normalise(string written, string region)
    {
        try
        {
            var number = Rules.Parse(written, region.Length == 0 ? null : region);
            var e164 = Rules.Format(number, PhoneNumberFormat.E164);
            return Rules.IsPossibleNumberWithReason(number) == PhoneNumberUtil.ValidationResult.IS_POSSIBLE
                ? (e164, null)
                : (e164, $"phone '{written}' is not a possible number of {region} today; kept as {e164}");
        }
        catch (NumberParseException)
        {
            return (written, $"phone '{written}' cannot be read; kept as written");
        }
    }
}
