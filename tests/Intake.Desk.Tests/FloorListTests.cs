using Bunit;
using Intake.Contracts;
using Intake.Desk.Floor;
using Intake.Desk.Live;
using Intake.Desk.Shell;
using Intake.Desk.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Intake.Desk.Tests;

/// <summary>The list of the people on the floor.</summary>
public sealed class FloorListTests : DeskContext
{

    public FloorListTests()
    {
    }

    [Fact]
    [Trait("Clause", "B.V.5")]
    public void Each_person_shows_his_state_with_its_reason_and_what_he_is_on()
    {
        Show(
            Person("ana", "notReady", "RingNoAnswer"), Person("ion", "onCall", callId: "a", afterCall: "break"), Person("vera", "offline"));
        var rows = Render<FloorList>().FindAll("tbody tr");
        Assert.Equal(2, rows.Count);
        Assert.Contains("Let a call ring", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("On a call, then Break", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("+37322270450", rows[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Clause", "A.III.14")]
    public void A_wrap_up_that_lasts_too_long_is_marked_by_sign_and_word()
    {
        var now = DateTimeOffset.UtcNow;
        Show(Person("ana", "wrapUp", until: now.AddMinutes(-1)), Person("ion", "wrapUp", until: now.AddMinutes(5)));
        var rows = Render<FloorList>().FindAll("tbody tr");
        Assert.Equal(2, rows.Count);
        Assert.Contains("▲ wrap-up too long", rows[0].TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("▲", rows[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Reasons_speak_the_language_of_the_person()
    {
        Services.GetRequiredService<Lexicon>().Choose("ro");
        Show(Person("ana", "notReady", "ConnectionLost"));
        Assert.Contains("Conexiune pierdută", Render<FloorList>().Markup, StringComparison.Ordinal);
    }

    private void Show(params FloorPerson[] people) => Live.Queue.Apply(new QueueSnapshot(1, 5, [Given.Call("a", "connected")], people, []));

    private static FloorPerson Person(
        string id, string state, string reason = "", string callId = "", string afterCall = "", DateTimeOffset? until = null) =>
        new(id, id, "operator", state, reason, Given.Nine, callId, 1, afterCall, until);
}
