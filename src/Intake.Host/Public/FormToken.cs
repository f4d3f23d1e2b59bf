using System.Globalization;
using System.Security.Cryptography;
using Intake.Domain.Callbacks;
using Microsoft.AspNetCore.DataProtection;

namespace Intake.Host.Public;

/// <summary>What a form's age says about who sends it.</summary>
public enum FormAge
{
    Right,

    /// <summary>Faster than anybody types.</summary>
    Young,

    /// <summary>Open for so long that nobody knows who sends it now.</summary>
    Old,

    /// <summary>Not ours.</summary>
    Unknown,
}

/// <summary>
/// Signed and encrypted words of this host: a form has one, so that only forms that were asked for are taken, each once; a confirmation
/// has one, so that it shows what was promised and nobody can write another.
/// </summary>
public sealed class FormToken(IDataProtectionProvider protection, PublicCallbackSettings settings, TimeProvider clock)
{
    private readonly IDataProtector _forms = protection.CreateProtector("callback form v1");
    private readonly IDataProtector _promises = protection.CreateProtector("callback promise v1");

    /// <summary>For a new form.</summary>
    public string Issue() => _forms.Protect(string.Create(
        CultureInfo.InvariantCulture, $"{clock.GetUtcNow().UtcTicks} {Guid.NewGuid():N}"));

    /// <summary>The form's id and its age.</summary>
    public (Guid Form, FormAge Age) Read(string? token)
    {
        if (Unprotected(_forms, token)?.Split(' ') is not [var ticks, var id])
        {
            return (Guid.Empty, FormAge.Unknown);
        }

        var age = clock.GetUtcNow().UtcTicks - long.Parse(ticks, CultureInfo.InvariantCulture);
        return (Guid.ParseExact(id, "N"), (age < settings.YoungestForm.Ticks, age > settings.OldestForm.Ticks) switch
        {
            (true, _) => FormAge.Young,
            (_, true) => FormAge.Old,
            _ => FormAge.Right,
        });
    }

    /// <summary>A promise as an address can carry it.</summary>
    public string Carry(CallbackWindow window)
    {
        ArgumentNullException.ThrowIfNull(window);
        return _promises.Protect(string.Create(CultureInfo.InvariantCulture, $"{window.From.UtcTicks} {window.Until.UtcTicks} {window.Zone}"));
    }

    /// <summary>The promise that an address carries; null where it carries none of ours.</summary>
    public CallbackWindow? Carried(string? token) => Unprotected(_promises, token)?.Split(' ') is [var from, var until, var zone]
        ? new CallbackWindow(Moment(from), Moment(until), zone)
        : null;

    private static DateTimeOffset Moment(string ticks) => new(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero);

    private static string? Unprotected(IDataProtector protector, string? token)
    {
        if (token is not { Length: > 0 and <= 1000 })
        {
            return null;
        }

        try
        {
            return protector.Unprotect(token);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
