using Intake.EventLog.Copying;

namespace Intake.EventLog.Tests.Copying;

public sealed class LogDigestTests
{
    private static readonly RecordedEvent Sold = new(
        LogPosition.Of(7), new StreamName("order", "1"), 3, Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"), "Sold", "{}"u8.ToArray(), "[1]"u8.ToArray(),
        DateTimeOffset.UnixEpoch);

    // Reckoned by another program, from the description of LogDigest.
    [Fact]
    public void A_digest_is_the_same_on_every_machine_and_in_every_year()
    {
        Assert.Equal(new LogDigest(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"), Of());
        Assert.Equal(new LogDigest(1, "bef1d2b9601017569d6829f771c31bb80c8d0051c4fdcee6cf70907f4c3d6984"), Of(Sold));
        Assert.Equal(new LogDigest(2, "4f0568742e2e015f8c21ff4228f41b9fcc3583baf085b2a73616f484aac9fb09"), Of(Sold, Sold with { Revision = 4 }));
    }

    [Fact]
    public void Where_and_when_an_engine_recorded_is_not_part_of_it() => Assert.Equal(
        Of(Sold), Of(Sold with { Position = new LogPosition(90, 80), RecordedAt = DateTimeOffset.UnixEpoch.AddYears(1) }));

    [Fact]
    public void Everything_else_is_to_the_byte()
    {
        RecordedEvent[] changed =
        [
            Sold with { Stream = new StreamName("order", "2") },
            Sold with { Revision = 4 },
            Sold with { EventId = Guid.Parse("00112233-4455-6677-8899-aabbccddeefe") },
            Sold with { Type = "Solde" },
            Sold with { Data = "{ }"u8.ToArray() },
            Sold with { Metadata = "[2]"u8.ToArray() },
            Sold with { Data = "{}[1]"u8.ToArray(), Metadata = Array.Empty<byte>() },
        ];
        Assert.Equal(changed.Length + 1, changed.Append(Sold).Select(e => Of(e).Sha256).Distinct().Count());
        Assert.NotEqual(Of(Sold, changed[0]), Of(changed[0], Sold));
    }

    private static LogDigest Of(params IEnumerable<RecordedEvent> events)
    {
        using var hash = new LogHash();
        foreach (var e in events)
            hash.Add(e);
        return hash.Digest();
    }
}
