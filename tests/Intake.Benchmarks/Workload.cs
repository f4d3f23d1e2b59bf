using System.Text;
using Intake.EventLog;

namespace Intake.Benchmarks;

/// <summary>Events of some 250 bytes of JSON.</summary>
internal static class Workload
{
    private static readonly ReadOnlyMemory<byte> Data = Encoding.UTF8.GetBytes(
        """
        {"orderId":"0198c5a2-7d1e-7c3b-9a52-2f6f0b1c8d77","line":{"article":"4711-0815","name":"Apple juice, naturally cloudy","quantity":24,"unit":"bottle","price":{"amount":1.49,"currency":"EUR"}},"by":"operator-17","at":"2026-03-02T09:14:33.2145Z"}
        """);

    private static readonly ReadOnlyMemory<byte> Metadata = Encoding.UTF8.GetBytes(
        """{"cmd":"0198c5a2-8f00-7000-8000-000000000001","cor":"0198c5a2-7d1e-7c3b-9a52-2f6f0b1c8d77"}""");

    public static NewEvent Event() => new(Guid.NewGuid(), "OrderLineAdded", Data, Metadata);

    public static StreamName NewStream() => new("order", Guid.CreateVersion7().ToString());
}
