using System.Net;
using System.Net.Sockets;

namespace Intake.EndToEnd.Tests;

/// <summary>A way to the host that comes from another address of this machine, byte for byte: a browser cannot choose its own.</summary>
public sealed class WayFrom : IDisposable
{
    private readonly TcpListener entrance = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource over = new();
    private readonly IPAddress from;
    private readonly Uri host;

    public WayFrom(IPAddress from, Uri host)
    {
        (this.from, this.host) = (from, host);
        entrance.Start();
        Address = new UriBuilder("http", "127.0.0.1", ((IPEndPoint)entrance.LocalEndpoint).Port).Uri;
        _ = Open();
    }

    /// <summary>Where the way begins.</summary>
    public Uri Address { get; }

    public void Dispose()
    {
        over.Cancel();
        entrance.Stop();
        over.Dispose();
    }

    private async Task Open()
    {
        try
        {
            while (true)
            {
                _ = Carry(await entrance.AcceptTcpClientAsync(over.Token));
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Carry(TcpClient browser)
    {
        using (browser)
        {
            using var onward = new TcpClient(new IPEndPoint(from, 0));
            try
            {
                await onward.ConnectAsync(host.Host, host.Port, over.Token);
                var (here, there) = (browser.GetStream(), onward.GetStream());
                await Task.WhenAny(here.CopyToAsync(there, over.Token), there.CopyToAsync(here, over.Token));
            }
            catch (Exception fault) when (fault is OperationCanceledException or IOException or SocketException)
            {
                // One side has hung up.
            }
        }
    }
}
