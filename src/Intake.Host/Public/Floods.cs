using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Intake.Host.Public;

/// <summary>Keeps a flood of requests off: so many from one address, so many for one number.</summary>
public sealed class Floods(PublicCallbackSettings settings) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _addresses = Limit(settings.PerAddress, settings.AddressWindow);
    private readonly PartitionedRateLimiter<string> _numbers = Limit(settings.PerNumber, settings.NumberWindow);

    /// <summary>Whether the address may send one more.</summary>
    public bool AdmitAddress(IPAddress? address) => Admit(_addresses, Household(address));

    /// <summary>Whether one more may be asked for the number.</summary>
    public bool AdmitNumber(string number) => Admit(_numbers, number);

    public void Dispose()
    {
        _addresses.Dispose();
        _numbers.Dispose();
    }

    private static bool Admit(PartitionedRateLimiter<string> limiter, string key)
    {
        using var lease = limiter.AttemptAcquire(key);
        return lease.IsAcquired;
    }

    // Who has one address of IPv6 has the whole half of it.
    private static string Household(IPAddress? address) => address switch
    {
        null => string.Empty,
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };

    private static PartitionedRateLimiter<string> Limit(int permits, TimeSpan window) => PartitionedRateLimiter.Create<string, string>(
        key => RateLimitPartition.GetSlidingWindowLimiter(key, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = permits,
            Window = window,
            SegmentsPerWindow = 5,
            AutoReplenishment = true,
        }));
}
