using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Intake.Domain;
using Intake.Domain.Ordering;
using Intake.Domain.Receivables;
using Intake.EventLog.Serialisation;
using Snapshooter.Xunit;

namespace Intake.EventLog.Tests.Serialisation;

/// <summary>
/// The stored shape of every event is a contract with every log ever written: two snapshots of each are kept beside this file, complete
/// and required-only. A changed snapshot asks for a new version of the event and an upcaster. New ones are written when
/// <c>INTAKE_WRITE_SNAPSHOTS</c> is 1.
/// </summary>
public sealed class StoredEventTests
{
    private static readonly bool Writing = Environment.GetEnvironmentVariable("INTAKE_WRITE_SNAPSHOTS") == "1";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Every stored name, in both forms.</summary>
    public static TheoryData<string, bool> Forms()
    {
        var forms = new TheoryData<string, bool>();
        foreach (var name in StoredTypes.Current.Select(type => type.Name))
        {
            forms.Add(name, true);
            forms.Add(name, false);
        }

        return forms;
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void The_stored_shape_is_what_it_was(string name, bool complete)
    {
        var snapshot = SnapshotName(name, complete);
        Assert.True(Writing || File.Exists(SnapshotFile(snapshot)), $"There is no snapshot {snapshot} yet; write it with INTAKE_WRITE_SNAPSHOTS=1.");

        var stored = Encode(Sample(name, complete));
        Assert.Equal(name, stored.Type);
        using var json = JsonDocument.Parse(stored.Data);
        Snapshot.Match(JsonSerializer.Serialize(json, Indented), snapshot);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void The_snapshot_reads_back_to_an_equal_event(string name, bool complete)
    {
        var bytes = Encoding.UTF8.GetBytes(File.ReadAllText(SnapshotFile(SnapshotName(name, complete))));
        var read = EventCodec.Default.Decode(Recorded(name, bytes)).Event;
        var expected = Sample(name, complete);
        Assert.Equal(expected.GetType(), read.GetType());
        Assert.Equal(Told(expected), Told(read));
    }

    [Fact]
    public void There_are_two_snapshots_of_each_stored_type_and_no_other()
    {
        var expected = Forms().Select(form => SnapshotName((string)form[0], (bool)form[1])).ToList();
        Assert.Equal(2 * StoredTypes.Current.Count, expected.Count);
        var kept = Directory.EnumerateFiles(Folder(), "*.snap").Select(file => Path.GetFileNameWithoutExtension(file));
        Assert.Equal(expected.Order(), kept.Order());
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_field_that_is_missing_is_an_error(string name, bool complete)
    {
        var data = Encode(Sample(name, complete)).Data;
        using var json = JsonDocument.Parse(data);
        var optional = AddedLater(name);
        var fields = json.RootElement.EnumerateObject().Select(field => field.Name).Except(optional).ToList();
        Assert.NotEmpty(fields);
        Assert.All(fields, missing =>
        {
            var rest = json.RootElement.EnumerateObject().Where(field => field.Name != missing).ToDictionary(field => field.Name, field => field.Value);
            var error = Assert.Throws<UnknownEventException>(
                () => EventCodec.Default.Decode(Recorded(name, JsonSerializer.SerializeToUtf8Bytes(rest))));
            Assert.Contains(missing, error.Message, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("OrderHandedOver", """{"orderId":null,"to":{"id":"a","name":"A"}}""")]
    [InlineData("OrderHandedOver", """{"orderId":"o1","to":null}""")]
    [InlineData("OrderHandedOver", """{"orderId":7,"to":{"id":"a","name":"A"}}""")]
    [InlineData("PurposeStated", """{"callId":"c","purpose":"Dance","note":""}""")]
    [InlineData("PurposeStated", "not json")]
    [InlineData("PurposeStated", "")]
    [InlineData("PurposeStated", "null")]
    [InlineData("ClientRegistered", "null")]
    public void Bytes_of_another_shape_are_an_error(string name, string json) =>
        Assert.Throws<UnknownEventException>(() => EventCodec.Default.Decode(Recorded(name, Encoding.UTF8.GetBytes(json))));

    [Fact]
    public void Letters_of_every_alphabet_are_stored_as_they_are()
    {
        var stored = Encode(new OrderHandedOver("o1", new StaffRef("ștefan", "Ștefan Țăranu, Жанна Ёлкина")));
        Assert.Equal(
            """{"orderId":"o1","to":{"id":"ștefan","name":"Ștefan Țăranu, Жанна Ёлкина"}}""", Encoding.UTF8.GetString(stored.Data.Span));
        Assert.Contains("Ștefan", Encoding.UTF8.GetString(stored.Metadata.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void Amounts_are_stored_to_the_cent_as_they_were_reckoned()
    {
        var stored = Encode(new OrderCharged("c1", "o1", 1234567890.10m));
        Assert.Equal("""{"clientId":"c1","orderId":"o1","amount":1234567890.10}""", Encoding.UTF8.GetString(stored.Data.Span));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void What_was_added_later_may_be_missing_and_is_then_what_it_was_before(string name, bool complete)
    {
        using var json = JsonDocument.Parse(Encode(Sample(name, complete)).Data);
        var before = json.RootElement.EnumerateObject().Where(field => !AddedLater(name).Contains(field.Name)).ToDictionary(field => field.Name, field => field.Value);
        var read = EventCodec.Default.Decode(Recorded(name, JsonSerializer.SerializeToUtf8Bytes(before))).Event;
        using var again = JsonDocument.Parse(Encode(read).Data);
        Assert.All(AddedLater(name), field => Assert.Equal(JsonValueKind.Null, again.RootElement.GetProperty(field).ValueKind));
    }

    // Members with a default were added after the event was first stored.
    private static IReadOnlyList<string> AddedLater(string name) =>
    [
        .. StoredTypes.Current.Single(type => type.Name == name).Event.GetConstructors().MaxBy(candidate => candidate.GetParameters().Length)!
            .GetParameters().Where(parameter => parameter.HasDefaultValue).Select(parameter => JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!)),
    ];

    private static IEvent Sample(string name, bool complete)
    {
        var type = StoredTypes.Current.Single(type => type.Name == name).Event;
        return complete ? Filled.Complete(type) : Filled.RequiredOnly(type);
    }

    private static NewEvent Encode(IEvent e)
    {
        var actor = new Actor(new StaffRef("ștefan", "Ștefan"), StaffRole.Operator);
        var envelope = new Envelope(EventId.Named("c"), "call-1", "", DateTimeOffset.UnixEpoch, actor, null, [], "desk");
        return EventCodec.Default.Encode(EventId.Named("e"), e, envelope);
    }

    internal static RecordedEvent Recorded(string type, byte[] data) => new(
        LogPosition.Of(41), new StreamName("order", "o1"), 3, EventId.Named("e"), type, data, "{}"u8.ToArray(), DateTimeOffset.UnixEpoch);

    // By the events' own properties, computed ones too: not by the serialisation under test.
    private static string Told(IEvent e) => JsonSerializer.Serialize(e, e.GetType(), Indented);

    private static string SnapshotName(string name, bool complete) => $"{name}.{(complete ? "complete" : "required-only")}";

    private static string SnapshotFile(string snapshot) => Path.Combine(Folder(), snapshot + ".snap");

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "__snapshots__");
}
