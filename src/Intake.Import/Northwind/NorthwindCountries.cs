namespace Intake.Import.Northwind;

/// <summary>What a country of Northwind's clients means for telephone numbers and deliveries.</summary>
/// <param name="Region">Two letters of ISO 3166.</param>
internal sealed record Country(string Region, string Route)
{
    private static readonly Dictionary<string, Country> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Argentina"] = new("AR", "south-america"),
        ["Austria"] = new("AT", "central-europe"),
        ["Belgium"] = new("BE", "western-europe"),
        ["Brazil"] = new("BR", "south-america"),
        ["Canada"] = new("CA", "north-america"),
        ["Denmark"] = new("DK", "northern-europe"),
        ["Finland"] = new("FI", "northern-europe"),
        ["France"] = new("FR", "western-europe"),
        ["Germany"] = new("DE", "central-europe"),
        ["Ireland"] = new("IE", "british-isles"),
        ["Italy"] = new("IT", "southern-europe"),
        ["Mexico"] = new("MX", "north-america"),
        ["Norway"] = new("NO", "northern-europe"),
        ["Poland"] = new("PL", "central-europe"),
        ["Portugal"] = new("PT", "southern-europe"),
        ["Spain"] = new("ES", "southern-europe"),
        ["Sweden"] = new("SE", "northern-europe"),
        ["Switzerland"] = new("CH", "central-europe"),
        ["UK"] = new("GB", "british-isles"),
        ["USA"] = new("US", "usa"),
        ["Venezuela"] = new("VE", "south-america"),
    };

    /// <summary>The country, or null where no route goes there.</summary>
    public static Country? Named(string name) => ByName.GetValueOrDefault(name);
}
