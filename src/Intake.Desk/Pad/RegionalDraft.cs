using System.Globalization;
using Intake.Contracts;
using Intake.Desk.Text;

namespace Intake.Desk.Pad;

/// <summary>The terms of a regional order while they are being typed: payment form, and exactly one of arrival and shipping.</summary>
public sealed class RegionalDraft
{
    /// <summary>Zones that clients call from, by IANA name.</summary>
    public static IReadOnlyList<string> Zones { get; } =
        ["Europe/Chisinau", "Europe/Bucharest", "Europe/Kyiv", "Europe/Moscow", "Europe/Istanbul", "Europe/Warsaw", "Europe/Berlin", "Europe/London"];

    public string PaymentForm { get; set; } = "prepayment";

    /// <summary>True where the client fetches the goods, false where a carrier brings them.</summary>
    public bool Arrives { get; set; } = true;

    /// <summary>Day and time in the home time zone.</summary>
    public DateTime At { get; set; } = DateTime.Today.AddDays(1).AddHours(10);

    public string Zone { get; set; } = "Europe/Chisinau";

    public string Vehicle { get; set; } = string.Empty;

    public string Driver { get; set; } = string.Empty;

    public string PowerOfAttorney { get; set; } = string.Empty;

    public string Carrier { get; set; } = string.Empty;

    public string Consignee { get; set; } = string.Empty;

    public string Address { get; set; } = string.Empty;

    public string Conditions { get; set; } = string.Empty;

    /// <summary>Takes over what was agreed before.</summary>
    public void Take(RegionalTerms? terms)
    {
        if (terms is null)
        {
            return;
        }

        (PaymentForm, Arrives) = (terms.PaymentForm, terms.Shipping is null);
        if (terms.Arrival is { } arrival)
        {
            (At, Zone, Vehicle, Driver, PowerOfAttorney) =
                (arrival.At.LocalDateTime, arrival.ClientZone, arrival.Vehicle, arrival.Driver, arrival.PowerOfAttorney);
        }

        if (terms.Shipping is { } shipping)
        {
            (Carrier, Consignee, Address, Conditions) = (shipping.Carrier, shipping.Consignee, shipping.Address, shipping.Terms);
        }
    }

    /// <summary>What is sent; <see cref="At"/> is read in the home zone.</summary>
    public RegionalTerms Terms(TimeZoneInfo home) => new(
        PaymentForm,
        Arrives ? new Arrival(AtHome(home), Zone, Vehicle, Driver, PowerOfAttorney) : null,
        Arrives ? null : new Shipping(Carrier, Consignee, Address, Conditions));

    /// <summary>The hour of arrival as the client's clock shows it.</summary>
    public DateTimeOffset AtClient(TimeZoneInfo home) =>
        TimeZoneInfo.ConvertTime(AtHome(home), TimeZoneInfo.FindSystemTimeZoneById(Zone));

    /// <summary>Agreed terms in a few words.</summary>
    public static string InWords(Lexicon words, RegionalTerms terms)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(terms);
        var how = terms switch
        {
            { Arrival: { } arrival } => words.Say(
                "regional.arrivesAt", ("time", arrival.At.ToLocalTime().ToString("ddd d MMM HH:mm", words.Culture))),
            { Shipping: { } shipping } => words.Say("regional.shippedBy", ("name", shipping.Carrier)),
            _ => string.Empty,
        };
        return string.Create(CultureInfo.InvariantCulture, $"{words.OrElse($"payment.{terms.PaymentForm}", terms.PaymentForm)}, {how}");
    }

    private DateTimeOffset AtHome(TimeZoneInfo home) => new(At, home.GetUtcOffset(At));
}
