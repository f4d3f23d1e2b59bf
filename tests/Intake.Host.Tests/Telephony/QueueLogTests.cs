using System.Text;
using Intake.Domain.Calls;
using Intake.Host.Telephony;

namespace Intake.Host.Tests.Telephony;

public sealed class QueueLogTests
{
    private const string Call = "1366720340.303267";
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1366720340);

    [Theory]
    [InlineData("NONE|ENTERQUEUE||4075551212|1", SignalKind.Queued, "4075551212", "", "", "", 1)]
    [InlineData("NONE|ENTERQUEUE||4075551212|7|Casa Verde", SignalKind.Queued, "4075551212", "", "", "", 7)]
    [InlineData("NONE|ENTERQUEUE||4075551212|0", SignalKind.Queued, "4075551212", "", "", "")]
    [InlineData("NONE|ENTERQUEUE||anonymous|1", SignalKind.Queued, "", "", "", "", 1)]
    [InlineData("NONE|DID|74951234567", SignalKind.Arrived, "", "74951234567", "", "")]
    [InlineData("SIP/8007|RINGNOANSWER|1000", SignalKind.NotAnswered, "", "", "SIP/8007", "")]
    [InlineData("SIP/8007|RINGCANCELED|900", SignalKind.NotAnswered, "", "", "SIP/8007", "")]
    [InlineData("SIP/8007|CONNECT|12|1366720347.303269|4", SignalKind.Answered, "", "", "SIP/8007", "")]
    [InlineData("SIP/8007|COMPLETEAGENT|12|65|1", SignalKind.Ended, "", "", "SIP/8007", "agent")]
    [InlineData("SIP/8007|COMPLETECALLER|12|65|1", SignalKind.Ended, "", "", "SIP/8007", "caller")]
    [InlineData("NONE|ABANDON|1|1|33", SignalKind.Abandoned, "", "", "", "")]
    [InlineData("SIP/8007|ABANDON|1|1|33", SignalKind.Abandoned, "", "", "SIP/8007", "")]
    [InlineData("SIP/8007|SYSCOMPAT|", SignalKind.Abandoned, "", "", "SIP/8007", "channels incompatible")]
    [InlineData("SIP/8007|AGENTDUMP|", SignalKind.NotAnswered, "", "", "SIP/8007", "")]
    [InlineData("NONE|WITHDRAW|1|1|60|moved to chat", SignalKind.Transferred, "", "", "", "withdrawn moved to chat")]
    [InlineData("NONE|WITHDRAW|1|1|60|", SignalKind.Transferred, "", "", "", "withdrawn")]
    [InlineData("NONE|EXITWITHTIMEOUT|1", SignalKind.Transferred, "", "", "", "timeout")]
    [InlineData("NONE|EXITWITHTIMEOUT|1|1|60", SignalKind.Transferred, "", "", "", "timeout")]
    [InlineData("NONE|EXITWITHKEY|9|1|1|17", SignalKind.Transferred, "", "", "", "key 9")]
    [InlineData("NONE|EXITEMPTY|2|3|20", SignalKind.Transferred, "", "", "", "empty")]
    public void A_line_of_a_call_is_a_signal_and_kept_with_it(
        string rest, SignalKind kind, string from, string to, string agent, string cause, int? position = null)
    {
        var line = $"1366720340|{Call}|orders|{rest}";
        Assert.Equal(
            new CallSignal(
                "pbx", Call, agent, kind, CallDirection.Inbound, from, to, "orders", At, cause, agent.Split('/')[^1], position, line),
            Assert.Single(Signals(line)));
    }

    [Theory]
    [InlineData("SIP/8007", "8007")]
    [InlineData("PJSIP/8007", "8007")]
    [InlineData("Local/8007@from-queue/n", "8007")]
    [InlineData("Agent/8007", "8007")]
    [InlineData("8007", "8007")]
    [InlineData("Ana Popescu", "Ana Popescu")]
    public void A_phone_is_named_by_its_number_whatever_its_technology(string agent, string extension) => Assert.Equal(
        (extension, agent), Assert.Single(Signals($"1366720340|{Call}|orders|{agent}|CONNECT|12|x|4")) is var signal ? (signal.Extension, signal.LegId) : default);

    [Theory]
    [InlineData("NONE|orders|SIP/8007|ADDMEMBER|", "orders", PhoneState.Available, "ADDMEMBER")]
    [InlineData("REALTIME|orders|SIP/8007|ADDMEMBER|PAUSED", "orders", PhoneState.Paused, "ADDMEMBER PAUSED")]
    [InlineData("MANAGER|orders|SIP/8007|REMOVEMEMBER|", "orders", PhoneState.Unavailable, "REMOVEMEMBER")]
    [InlineData("1366720340.7|orders|SIP/8007|REMOVEMEMBER|", "orders", PhoneState.Unavailable, "REMOVEMEMBER")]
    [InlineData("NONE|orders|SIP/8007|PAUSE|lunch|with|bars", "orders", PhoneState.Paused, "PAUSE lunch")]
    [InlineData("NONE|orders|SIP/8007|UNPAUSE|Auto-Unpause", "orders", PhoneState.Available, "UNPAUSE Auto-Unpause")]
    [InlineData("NONE|NONE|SIP/8007|PAUSEALL|lunch", "", PhoneState.Paused, "PAUSEALL lunch")]
    [InlineData("NONE|NONE|SIP/8007|UNPAUSEALL|", "", PhoneState.Available, "UNPAUSEALL")]
    [InlineData("1366720340.7|NONE|8007|AGENTLOGIN|SIP/8007-0000000a", "", PhoneState.Available, "AGENTLOGIN SIP/8007-0000000a")]
    [InlineData("1366720340.7|NONE|8007|AGENTLOGOFF|SIP/8007-0000000a|3600", "", PhoneState.Unavailable, "AGENTLOGOFF SIP/8007-0000000a")]
    [InlineData("1341343640.4|NONE|Agent/8007|AGENTCALLBACKLOGIN|1002@internal", "", PhoneState.Available, "AGENTCALLBACKLOGIN 1002@internal")]
    [InlineData("NONE|NONE|Agent/8007|AGENTCALLBACKLOGOFF|1002@internal|43|CommandLogoff", "", PhoneState.Unavailable, "AGENTCALLBACKLOGOFF 1002@internal")]
    [Trait("Clause", "B.V.5")]
    public void A_line_of_a_phone_says_whether_it_takes_calls(string rest, string queue, PhoneState state, string cause)
    {
        var line = $"1366720340|{rest}";
        Assert.Equal(
            new PhoneSignal("pbx", "8007", queue, state, At, cause, line), Assert.IsType<FeedLine.OfPhone>(Read(line)).Signal);
    }

    [Fact]
    public void A_long_line_is_kept_with_a_mark_where_it_was_cut()
    {
        var raw = Assert.Single(Signals($"1366720340|{Call}|orders|NONE|ENTERQUEUE|{new string('x', 3000)}")).Raw!;
        Assert.Equal(2000, raw.Length);
        Assert.EndsWith("x…", raw, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BLINDTRANSFER|204|from-internal|7|31|1", "204")]
    [InlineData("TRANSFER|204|from-internal|7|31|1", "204")]
    [InlineData("ATTENDEDTRANSFER|BRIDGE|0f1a2b3c-bridge|7|31|1", "0f1a2b3c-bridge")]
    [InlineData("ATTENDEDTRANSFER|APP|VoiceMail|7|31|1", "VoiceMail")]
    [InlineData("ATTENDEDTRANSFER|LINK|SIP/8007-0000000a|SIP/204-0000000b|7|31|1", "SIP/204-0000000b")]
    public void After_a_transfer_the_log_follows_the_call_no_further(string rest, string to)
    {
        var signals = Signals($"1366720340|{Call}|orders|SIP/8007|{rest}");
        Assert.Equal(
            [(SignalKind.Transferred, to, "", true), (SignalKind.Ended, "", "transferred", false)],
            signals.Select(signal => (signal.Kind, signal.To, signal.Cause, signal.Raw is not null)));
    }

    [Fact]
    public void A_time_may_have_a_fraction() =>
        Assert.Equal(At.AddTicks(1_234_560), Assert.Single(Signals($"1366720340.123456|{Call}|orders|NONE|ABANDON|1|1|3")).OccurredAt);

    [Theory]
    [InlineData("EXITEMPTY|1|1|0")]
    [InlineData("EXITWITHTIMEOUT|1|1|0")]
    [InlineData("EXITWITHKEY|9|1|1|0")]
    [InlineData("WITHDRAW|1|1|0|")]
    public void Who_leaves_a_queue_in_the_second_in_which_he_entered_it_leaves_it_afterwards(string left) =>
        Assert.True(Assert.Single(Signals($"1366720340|{Call}|orders|NONE|{left}")).OccurredAt > At);

    [Theory]
    [InlineData("1366720340|NONE|orders|NONE|PAUSE|")]
    [InlineData("1366720340|NONE|orders|SIP/8007|PENALTY|3")]
    [InlineData("1366720340|NONE|orders|SIP/8007|RINGINUSE|1")]
    [InlineData("1366720340|NONE|NONE|NONE|QUEUESTART|")]
    [InlineData("1366720340|NONE|NONE|NONE|CONFIGRELOAD|")]
    [InlineData("1366720340|1366720340.9|orders|SIP/8007|OUTCALL|ANSWER|31|")]
    [InlineData("1366720340|1366720340.9|orders|NONE|JOINEMPTY|")]
    [InlineData("1366720340|1366720340.9|orders|NONE|JOINUNAVAIL|")]
    public void What_speaks_of_no_call_is_passed_over(string line) => Assert.IsType<FeedLine.NotOfACall>(Read(line));

    [Theory]
    [InlineData("", "it has 1 of at least 5 fields")]
    [InlineData("1366720340|1.1|orders|NONE", "it has 4 of at least 5 fields")]
    [InlineData("yesterday|1.1|orders|NONE|ABANDON|1|1|3", "'yesterday' is not a time")]
    [InlineData("-5|1.1|orders|NONE|ABANDON|1|1|3", "'-5' is not a time")]
    [InlineData("7|1.1|orders|NONE|ABANDON|1|1|3", "'7' is not a time")]
    [InlineData("99999999999999999999|1.1|orders|NONE|ABANDON|1|1|3", "'99999999999999999999' is not a time")]
    [InlineData("99999999999999999999999999999999999999|1.1|orders|NONE|ABANDON", "is not a time")]
    [InlineData("1366720340|1.1|orders|NONE|TELEPORTED|1", "'TELEPORTED' is an unknown event")]
    [InlineData("1366720340|NONE|orders|NONE|ABANDON|1|1|3", "ABANDON names no call")]
    [InlineData("1366720340||orders|NONE|ABANDON|1|1|3", "ABANDON names no call")]
    public void What_cannot_be_used_says_why(string line, string why) =>
        Assert.Contains(why, Assert.IsType<FeedLine.Malformed>(Read(line)).Why, StringComparison.Ordinal);

    [Fact]
    public void Data_that_is_missing_is_empty_and_bars_in_it_do_no_harm()
    {
        Assert.Equal("", Assert.Single(Signals($"1366720340|{Call}|orders|NONE|ENTERQUEUE")).From);
        Assert.Equal(
            "4075551212", Assert.Single(Signals($"1366720340|{Call}|orders|NONE|ENTERQUEUE|http://a|4075551212|1|x|y")).From);
    }

    [Fact]
    public void Foreign_bytes_are_the_same_text_each_time_and_carry_nothing_that_a_screen_or_a_database_cannot_take()
    {
        byte[] line = [.. Encoding.ASCII.GetBytes($"1366720340|{Call}|"), 0xC7, 0xE0, 0xEA, 0x00, 0x1B, 0xFF, .. "|NONE|ABANDON|1|1|3"u8];
        var queue = Assert.Single(Assert.IsType<FeedLine.Signals>(new QueueLog("pbx").Read(line)).All).Queue;
        Assert.Equal("Çàêÿ", queue);
        Assert.Equal("заказы", Assert.Single(Assert.IsType<FeedLine.Signals>(
            new QueueLog("pbx").Read(Encoding.UTF8.GetBytes($"1366720340|{Call}|заказы|NONE|ABANDON|1|1|3"))).All).Queue);
    }

    [Fact]
    public void No_line_of_random_bytes_is_too_much()
    {
        var random = new Random(20261125);
        for (var i = 0; i < 20_000; i++)
        {
            var line = new byte[random.Next(120)];
            random.NextBytes(line);
            for (var bar = 0; bar < line.Length; bar += 1 + random.Next(12))
            {
                line[bar] = (byte)'|';
            }

            Assert.NotNull(new QueueLog("pbx").Read(line));
        }
    }

    private static IReadOnlyList<CallSignal> Signals(string line) => Assert.IsType<FeedLine.Signals>(Read(line)).All;

    private static FeedLine Read(string line) => new QueueLog("pbx").Read(Encoding.UTF8.GetBytes(line));
}
