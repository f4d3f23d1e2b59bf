using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Intake.Host.Accounts;

/// <summary>
/// How a device is known: by a secret that only it keeps. What the log has, the device's id, is a hash of the secret and the person, so
/// the id opens nothing, and does not tell whose devices are the same machine.
/// </summary>
public static class DeviceCookie
{
    private const string Name = "intake-device";
    private const int SecretBytes = 32;

    /// <summary>The longest that browsers keep a cookie.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(400);

    private static readonly (string Mark, string Name)[] Browsers =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("YaBrowser/", "Yandex"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Mark, string Name)[] Systems =
        [("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    /// <summary>The id of the device for this person; null where the device keeps no secret.</summary>
    public static string? IdFor(HttpRequest request, string staffId)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Cookies[Name] is { } secret && Base64Url.IsValid(secret, out var length) && length == SecretBytes ? Id(staffId, secret) : null;
    }

    /// <summary>As <see cref="IdFor"/>; a device that keeps no secret is given one, and one that does keeps it for longer.</summary>
    public static string Keep(HttpContext http, string staffId)
    {
        ArgumentNullException.ThrowIfNull(http);
        var secret = IdFor(http.Request, staffId) is null
            ? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))
            : http.Request.Cookies[Name]!;
        http.Response.Cookies.Append(Name, secret, new CookieOptions
        {
            HttpOnly = true,
            Secure = http.Request.IsHttps,
            SameSite = SameSiteMode.Strict,
            MaxAge = KeptFor,
            IsEssential = true,
        });
        return Id(staffId, secret);
    }

    /// <summary>Eight digits that a person reads to another over the telephone, whatever their languages: <c>4821-7093</c>.</summary>
    public static string CodeOf(string deviceId)
    {
        var number = BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"code {deviceId}"))) % 100_000_000;
        var digits = number.ToString("00000000", CultureInfo.InvariantCulture);
        return $"{digits[..4]}-{digits[4..]}";
    }

    /// <summary>Browser and system, as a person knows them; what is unknown is quoted in short.</summary>
    public static string LabelOf(string? userAgent)
    {
        var told = userAgent ?? string.Empty;
        var (browser, system) = (Known(Browsers, told), Known(Systems, told));
        return (browser, system) switch
        {
            (null, null) => new string([.. told.Where(letter => letter is >= ' ' and <= '~').Take(60)]) is { Length: > 0 } text ? text : "?",
            _ => string.Join(" · ", new[] { browser, system }.OfType<string>()),
        };
    }

    private static string? Known((string Mark, string Name)[] all, string told) =>
        all.FirstOrDefault(one => told.Contains(one.Mark, StringComparison.Ordinal)).Name;

    private static string Id(string staffId, string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"device {secret} {staffId}")).AsSpan(0, 16));
}
