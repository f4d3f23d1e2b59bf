using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Intake.Domain;
using Intake.EventLog;
using Intake.EventLog.Serialisation;

namespace Intake.Ops.Tests;

/// <summary>The projections that run inside EventStoreDB, over events as the log stores them.</summary>
public sealed partial class ServerProjectionTests
{
    public static TheoryData<string> Names() => new(ServerProjections.Names);

    [Theory]
    [InlineData("")]
    [InlineData("acme.")]
    public async Task Orders_by_client_links_every_event_of_an_order_once_the_client_is_known(string prefix)
    {
        var projected = await ServerProjections.Run("orders-by-client", prefix);
        Assert.Equal(
            [
                ($"browse.{prefix}ordersOfClient-north", $"0@{prefix}order-o1"), ($"browse.{prefix}ordersOfClient-south", $"0@{prefix}order-o2"),
                ($"browse.{prefix}ordersOfClient-north", $"1@{prefix}order-o1"), ($"browse.{prefix}ordersOfClient-north", $"2@{prefix}order-o1"),
                ($"browse.{prefix}ordersOfClient-north", $"3@{prefix}order-o1"), ($"browse.{prefix}ordersOfClient-north", $"0@{prefix}order-o3"),
                ($"browse.{prefix}ordersOfClient-north", $"1@{prefix}order-o3"),
            ],
            projected.Links);
    }

    [Theory]
    [InlineData("")]
    [InlineData("acme.")]
    public async Task Open_escalations_are_those_without_a_decision_by_owner(string prefix)
    {
        var state = Assert.Single((await ServerProjections.Run("open-escalations", prefix)).States).Value;
        Same("""
            {"irina":{"owes":{
                "e1":{"kind":"Debtor","client":"North","call":"c1","deadline":"2026-11-25T10:00:00+03:00","accepted":true},
                "e2":{"kind":"Debtor","client":"North","call":"c1","deadline":"2026-11-25T10:00:00+03:00","accepted":false}},"name":"Irina"},
             "pavel":{"owes":{"e4":{"kind":"Debtor","client":"North","call":"c1","deadline":"2026-11-25T10:00:00+03:00","accepted":false}},"name":"Pavel"}}
            """,
            state);
    }

    [Theory]
    [InlineData("")]
    [InlineData("acme.")]
    public async Task Calls_by_day_counts_each_thing_on_its_day_in_UTC(string prefix)
    {
        var state = Assert.Single((await ServerProjections.Run("calls-by-day", prefix)).States).Value;
        Same("""
            {"2026-11-24":{"arrived":2,"taken":1,"abandoned":1,"closed":1},"2026-11-25":{"arrived":1,"taken":0,"abandoned":0,"closed":0}}
            """,
            state);
    }

    [Theory]
    [InlineData("")]
    [InlineData("acme.")]
    public async Task Refusals_are_counted_by_the_codes_that_the_domain_gives_them(string prefix)
    {
        var refusals = SampleDay.Events.Select(e => e.Event).OfType<IRefusal>().ToList();
        var byCode = refusals.CountBy(refusal => refusal.Code).Select(code => KeyValuePair.Create(code.Key, (JsonNode?)code.Value));

        var state = Assert.Single((await ServerProjections.Run("refusals-by-reason", prefix)).States).Value;

        Assert.Equal(refusals.Count, (int)state["refusals"]!);
        Assert.True(JsonNode.DeepEquals(new JsonObject(byCode), state["byReason"]), state.ToJsonString());
        Same("""{"Credit":1,"Contract":2}""", state["byGate"]!);
    }

    [Fact]
    public void Every_kind_of_refusal_is_among_the_samples() => Assert.Equal(
        StoredTypes.Current.Select(type => type.Event).Where(type => type.IsAssignableTo(typeof(IRefusal))).OrderBy(type => type.Name),
        SampleDay.Events.Select(e => e.Event.GetType()).Where(type => type.IsAssignableTo(typeof(IRefusal))).Distinct().OrderBy(type => type.Name));

    /// <summary>A misspelt type would select nothing, in silence.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_projection_selects_by_stored_names_and_writes_nothing_that_could_be_taken_for_the_logs_own(string name)
    {
        var selected = Handler().Matches(await File.ReadAllTextAsync(ServerProjections.Script(name))).Select(match => match.Groups["type"].Value);
        Assert.Empty(selected.Except(EventCodec.Default.Names));
        foreach (var prefix in new[] { "", "acme." })
            Assert.All((await ServerProjections.Run(name, prefix)).Links, link => Assert.StartsWith("browse.", link.Stream, StringComparison.Ordinal));
    }

    [Fact]
    public void There_are_projections_and_the_README_names_each()
    {
        var readme = File.ReadAllText(Path.Combine(Scripts.Repository, "projections", "eventstore", "README.md"));
        Assert.Equal(4, ServerProjections.Names.Count);
        Assert.All(ServerProjections.Names, name => Assert.Contains($"`{name}`", readme, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", 2)]
    [InlineData("http://127.0.0.1:2113", 2)]
    [InlineData("--prefix a-b esdb://127.0.0.1:1", 2)]
    [InlineData("--prefix bro esdb://127.0.0.1:1", 2)]
    [InlineData("esdb://127.0.0.1:1?tls=false", 1)]
    public async Task What_cannot_be_installed_is_said_so(string arguments, int code)
    {
        var refused = await Scripts.Run("ops/eventstoredb/install-projections", arguments);
        Assert.Equal(code, refused.Code);
        Assert.StartsWith("ops/eventstoredb/install-projections: ", refused.Messages, StringComparison.Ordinal);
    }

    private static void Same(string expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString());

    [GeneratedRegex(@"^    (?<type>[A-Z]\w*(\.v\d+)?): ", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Handler();
}
