using Intake.EventLog.Serialisation;
using Intake.Projections;
using PhoneNumbers;

namespace Intake.Application;

/// <summary>Telephone numbers as people and telephone systems write them, by the rules of the numbering plans.</summary>
/// <param name="country">Two letters of ISO 3166: whose national form a number without a country's code has; empty for none.</param>
public sealed class TelephoneNumbers(string country)
{
    private static readonly PhoneNumberUtil Rules = PhoneNumberUtil.GetInstance();

    /// <summary>The country of a time zone, by the table that stands beside the machine's zones; empty where it has none.</summary>
    public static string CountryOf(string zone)
    {
        const string Table = "/usr/share/zoneinfo/zone.tab";
        return File.Exists(Table)
            ? File.ReadLines(Table).Select(line => line.Split('\t')).FirstOrDefault(parts => parts.Length > 2 && parts[2] == zone)?[0] ?? string.Empty
            : string.Empty;
    }

    /// <summary>A number as one of the country is written abroad; of none where there is no country.</summary>
    public string Example { get; } = Rules.GetExampleNumber(country) is { } number ? Rules.Format(number, PhoneNumberFormat.INTERNATIONAL) : "+373 22 212 345";

    /// <summary>The number as E.164; null where it is no number that anybody can have.</summary>
    public string? Valid(string written) =>
        Parsed(written) is { } number && Rules.IsValidNumber(number) ? Rules.Format(number, PhoneNumberFormat.E164) : null;

    /// <summary>The same for every way of writing one number: E.164 where it can be read, else its digits.</summary>
    public string Key(string written)
    {
        ArgumentNullException.ThrowIfNull(written);
        return Parsed(written) is { } number && Rules.IsPossibleNumber(number)
            ? Rules.Format(number, PhoneNumberFormat.E164)
            : PhoneDigits.Of(written);
    }

    /// <summary>The stream of the calls that are owed to a number; its name does not tell the number.</summary>
    /// <param name="request">Of whoever has no number: then the stream is the request's alone.</param>
    public string LineOf(string number, string request)
    {
        var key = Key(number);
        return EventId.Named(key.Length > 0 ? $"callbacks to {key}" : $"callback of {request}").ToString("N");
    }

    private PhoneNumber? Parsed(string written)
    {
        try
        {
            return Rules.Parse(written, country.Length == 0 ? null : country);
        }
        catch (NumberParseException)
        {
            return null;
        }
    }
}
