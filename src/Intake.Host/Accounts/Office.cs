using System.Net;
using Intake.Host.Hosting;

namespace Intake.Host.Accounts;

/// <summary>The company's own networks. Whoever comes from elsewhere works outside the office (C6).</summary>
/// <param name="Networks">None means that every address is the office.</param>
/// <param name="BelievesForwarders">
/// What a proxy says of the address behind it has been put in place of the proxy's own. Where that is not so, a request that was
/// forwarded comes from nobody knows where: from outside.
/// </param>
public sealed record Office(IReadOnlyList<IPNetwork> Networks, bool BelievesForwarders)
{
    /// <summary>Every address is the office.</summary>
    public static readonly Office Everywhere = new([], BelievesForwarders: false);

    /// <summary>Networks with a blank or a comma between: <c>192.168.1.0/24 203.0.113.7 2001:db8::/48</c>.</summary>
    /// <exception cref="UsageException">One of them is none.</exception>
    public static Office Of(string? networks, bool believesForwarders) => new(
        [.. (networks ?? string.Empty).Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(Network)], believesForwarders);

    /// <summary>The request comes from outside.</summary>
    public bool IsOutside(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return Networks.Count > 0
            && ((!BelievesForwarders && http.Request.Headers.ContainsKey("X-Forwarded-For")) || !Has(http.Connection.RemoteIpAddress));
    }

    private bool Has(IPAddress? address)
    {
        var own = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return own is not null && Networks.Any(network => network.Contains(own));
    }

    private static IPNetwork Network(string written)
    {
        if (IPAddress.TryParse(written, out var one))
        {
            return new IPNetwork(one, one.GetAddressBytes().Length * 8);
        }

        return IPNetwork.TryParse(written, out var network)
            ? network
            : throw new UsageException(
                $"INTAKE_OFFICE '{written}' is no network. Write its first address and its length as 192.168.1.0/24, or one address as 203.0.113.7.");
    }
}
