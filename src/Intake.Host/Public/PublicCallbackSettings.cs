namespace Intake.Host.Public;

/// <summary>How much the public may ask for.</summary>
/// <param name="YoungestForm">Nobody fills the form in faster; a program does.</param>
/// <param name="OldestForm">After this an open page is asked for once more.</param>
/// <param name="PerAddress">Requests from one address within <paramref name="AddressWindow"/>.</param>
/// <param name="PerNumber">Requests for one number within <paramref name="NumberWindow"/>.</param>
/// <param name="Origins">Web sites of the company's own whose pages may send requests, such as <c>https://shop.example</c>.</param>
public sealed record PublicCallbackSettings(
    TimeSpan YoungestForm, TimeSpan OldestForm, int PerAddress, TimeSpan AddressWindow, int PerNumber, TimeSpan NumberWindow,
    IReadOnlyList<string> Origins)
{
    public static readonly PublicCallbackSettings Default = new(
        TimeSpan.FromSeconds(3), TimeSpan.FromHours(4), PerAddress: 20, TimeSpan.FromMinutes(10), PerNumber: 4, TimeSpan.FromHours(1), []);
}
