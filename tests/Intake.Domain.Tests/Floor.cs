using Intake.Domain.Calls;

namespace Intake.Domain.Tests;

/// <summary>The people of the floor and the moments of the day that the tests speak of.</summary>
internal static class Floor
{
    public static readonly StaffRef Anna = new("anna", "Анна Петрова");
    public static readonly StaffRef Boris = new("boris", "Boris Ciobanu");
    public static readonly StaffRef Mara = new("mara", "Mara Rusu");
    public static readonly StaffRef Kira = new("kira", "Kira Lungu");
    public static readonly StaffRef Lev = new("lev", "Lev Orlov");
    public static readonly StaffRef Hanna = new("hanna", "Hanna Weber");
    public static readonly StaffRef Hugo = new("hugo", "Hugo Stan");
    public static readonly StaffRef Fyodor = new("fyodor", "Fyodor Belov");

    public static readonly DateTimeOffset Nine = new(2026, 11, 24, 9, 0, 0, TimeSpan.FromHours(3));
    public static readonly DateOnly Today = new(2026, 11, 24);
    public static readonly DateTimeOffset Deadline = Nine.AddHours(1);

    public static DateTimeOffset At(int seconds) => Nine.AddSeconds(seconds);

    public static RoutingHop Here(StaffRef person, StaffRole role) => new(person, role, Present: true);

    public static RoutingHop Away(StaffRef person, StaffRole role) => new(person, role, Present: false);
}
