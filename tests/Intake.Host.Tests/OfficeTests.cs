using System.Net;
using Intake.Host.Accounts;
using Intake.Host.Hosting;
using Microsoft.AspNetCore.Http;

namespace Intake.Host.Tests;

/// <summary>Which addresses are the office, and how devices are told apart (C6).</summary>
public sealed class OfficeTests
{
    private const string Networks = "192.168.1.0/24, 203.0.113.7 2001:db8::/48";

    [Theory]
    [InlineData("192.168.1.200", false)]
    [InlineData("::ffff:192.168.1.200", false)]
    [InlineData("192.168.2.1", true)]
    [InlineData("203.0.113.7", false)]
    [InlineData("203.0.113.8", true)]
    [InlineData("2001:db8::5", false)]
    [InlineData("2001:db9::5", true)]
    [InlineData(null, true)]
    [Trait("Clause", "C6")]
    public void The_office_is_the_networks_that_are_named(string? address, bool outside)
    {
        Assert.Equal(outside, Office.Of(Networks, believesForwarders: false).IsOutside(From(address)));
        Assert.False(Office.Of(null, believesForwarders: false).IsOutside(From(address)));
    }

    [Fact]
    [Trait("Clause", "C6")]
    public void What_was_forwarded_by_a_proxy_that_is_not_believed_comes_from_outside()
    {
        var forwarded = From("192.168.1.10");
        forwarded.Request.Headers["X-Forwarded-For"] = "192.168.1.11";
        Assert.True(Office.Of(Networks, believesForwarders: false).IsOutside(forwarded));
        Assert.False(Office.Of(Networks, believesForwarders: true).IsOutside(forwarded));
    }

    [Theory]
    [InlineData("192.168.1.0/33")]
    [InlineData("office")]
    [InlineData("192.168.1.0/24 home")]
    public void A_network_that_is_none_is_refused_at_the_start(string networks) =>
        Assert.Contains("INTAKE_OFFICE", Assert.Throws<UsageException>(() => Office.Of(networks, believesForwarders: false)).Message, StringComparison.Ordinal);

    [Fact]
    [Trait("Clause", "C6")]
    public void One_machine_of_two_people_is_two_devices_and_a_made_up_cookie_is_none()
    {
        var (first, second) = (new DefaultHttpContext(), new DefaultHttpContext());
        var olgas = DeviceCookie.Keep(first, "olga");
        Assert.NotEqual(olgas, DeviceCookie.Keep(second, "olga"));
        var secret = first.Response.Headers.SetCookie[0]!.Split('=', ';')[1];
        first.Request.Headers.Cookie = $"intake-device={secret}";
        Assert.Equal(olgas, DeviceCookie.IdFor(first.Request, "olga"));
        Assert.Equal(olgas, DeviceCookie.Keep(first, "olga"));
        Assert.NotEqual(olgas, DeviceCookie.IdFor(first.Request, "ion"));
        first.Request.Headers.Cookie = "intake-device=short";
        Assert.Null(DeviceCookie.IdFor(first.Request, "olga"));
        Assert.Matches("^[0-9]{4}-[0-9]{4}$", DeviceCookie.CodeOf(olgas));
        Assert.DoesNotContain(secret, olgas, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge · Windows")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1", "Safari · iPhone")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox · Linux")]
    [InlineData("curl/8.5\u0007", "curl/8.5")]
    [InlineData(null, "?")]
    public void A_device_is_called_what_a_person_calls_it(string? userAgent, string label) => Assert.Equal(label, DeviceCookie.LabelOf(userAgent));

    private static DefaultHttpContext From(string? address)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
        return http;
    }
}
