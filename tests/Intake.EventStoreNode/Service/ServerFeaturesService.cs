using Grpc.Core;
using Intake.EventLog.EventStoreDb.Wire;
using Intake.EventLog.EventStoreDb.Wire.Features;

namespace Intake.Testing.EventStoreDb;

/// <summary>Tells clients what the node can do; names in lower case, as the server lists them.</summary>
internal sealed class ServerFeaturesService : ServerFeatures.ServerFeaturesBase
{
    private static readonly SupportedMethods Supported = new()
    {
        EventStoreServerVersion = "24.6.0",
        Methods =
        {
            Method("event_store.client.streams.streams", "read", "position", "events"),
            Method("event_store.client.streams.streams", "batchappend", "deadline_duration"),
            Method("event_store.client.gossip.gossip", "read"),
            Method("event_store.client.server_features.serverfeatures", "getsupportedmethods"),
        },
    };

    public override Task<SupportedMethods> GetSupportedMethods(Empty request, ServerCallContext context) => Task.FromResult(Supported);

    private static SupportedMethod Method(string service, string method, params string[] features) =>
        new() { ServiceName = service, MethodName = method, Features = { features } };
}
