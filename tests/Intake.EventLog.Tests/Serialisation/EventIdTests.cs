using FsCheck.Xunit;
using Intake.EventLog.Serialisation;

namespace Intake.EventLog.Tests.Serialisation;

public sealed class EventIdTests
{
    private static readonly Guid Dns = new("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    // RFC 9562, appendix A.4.
    [Fact]
    public void An_id_derived_from_a_name_is_version_5_of_the_standard() =>
        Assert.Equal(new Guid("2ed6657d-e927-568b-95e1-2665a8aea6a2"), EventId.Derive(Dns, "www.example.com"));

    [Fact]
    public void Ids_stay_what_they_were_for_the_logs_that_hold_them()
    {
        var command = new Guid("0b5c9d6e-1111-4222-8333-444455556666");
        Assert.Equal(EventId.Derive(command, "order-o1#2"), EventId.Of(command, new StreamName("order", "o1"), 2));
        Assert.Equal(new Guid("b8f2272d-1af1-5f1e-938b-f777361890c7"), EventId.Of(command, new StreamName("order", "o1"), 2));
        Assert.Equal(new Guid("63a5dade-59e0-56fa-9dd0-6af24c5e8c92"), EventId.Named("call pbx 77"));
    }

    [Property]
    public void Other_commands_streams_and_places_give_other_ids(Guid command, Guid other, byte index)
    {
        var stream = new StreamName("order", "o1");
        Guid[] ids =
        [
            EventId.Of(command, stream, index), EventId.Of(command, stream, index + 1), EventId.Of(command, new StreamName("order", "o2"), index),
            EventId.Of(command, new StreamName("call", "o1"), index), .. command == other ? Array.Empty<Guid>() : [EventId.Of(other, stream, index)],
        ];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Equal((5, 8), (id.Version, id.Variant & 0xC)));
        Assert.Equal(ids[0], EventId.Of(command, stream, index));
    }

    [Fact]
    public void A_long_name_of_many_bytes_is_derived_from_whole()
    {
        var name = new string('Ж', 600);
        Assert.NotEqual(EventId.Derive(Dns, name), EventId.Derive(Dns, name + "x"));
        Assert.Equal(5, EventId.Derive(Dns, name).Version);
    }
}
