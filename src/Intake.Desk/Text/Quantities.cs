using System.Globalization;

namespace Intake.Desk.Text;

/// <summary>Quantities as people type them: comma and point both separate decimals, and nothing separates thousands.</summary>
public static class Quantities
{
    /// <summary>Reads a quantity above zero.</summary>
    public static bool TryRead(string? typed, out decimal quantity)
    {
        var plain = (typed ?? string.Empty).Trim().Replace(',', '.');
        return decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out quantity) && quantity > 0;
    }

    /// <summary>As it is put into a field, so that it can be read again.</summary>
    public static string Typed(decimal quantity) => quantity.ToString("0.###", CultureInfo.InvariantCulture);
}
