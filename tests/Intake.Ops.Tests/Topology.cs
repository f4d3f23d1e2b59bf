using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Intake.Ops.Tests;

/// <summary>The files of ops/ that describe the cluster, as they are read by those whom they are for.</summary>
internal static class Topology
{
    public static readonly string ComposeText = Text("ops/compose.yaml");

    /// <summary>ops/compose.yaml with anchors and merges resolved; every scalar is a string.</summary>
    public static readonly JsonNode Compose = Yaml(ComposeText);

    /// <summary>ops/eventstoredb/eventstore.conf.</summary>
    public static readonly JsonNode NodeSettings = Yaml(Text("ops/eventstoredb/eventstore.conf"));

    public static IEnumerable<(string Name, JsonNode Service)> Services => Compose["services"]!.AsObject().Select(one => (one.Key, one.Value!));

    public static JsonNode Service(string name) => Compose["services"]![name]!;

    public static string Text(string file) => File.ReadAllText(Path.Combine(Scripts.Repository, file));

    public static IEnumerable<string> Words(JsonNode? list) => list is JsonArray array ? array.Select(word => (string)word!) : [];

    private static JsonNode Yaml(string text)
    {
        var read = new DeserializerBuilder().Build().Deserialize<object>(new MergingParser(new Parser(new StringReader(text))));
        return JsonNode.Parse(new SerializerBuilder().JsonCompatible().Build().Serialize(read))!;
    }
}
