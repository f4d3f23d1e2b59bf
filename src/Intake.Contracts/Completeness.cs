namespace Intake.Contracts;

/// <summary>What the telephony says of a day against what people have registered and reported (A.III.14, B.V.5).</summary>
/// <param name="Position">Log position of the read model.</param>
/// <param name="InFeed">Incoming calls of which the telephony spoke on this day.</param>
/// <param name="Registered">Of these, closed with a purpose and a result, or turned into a callback that somebody owns.</param>
/// <param name="Completeness">Registered / in the feed, 0 to 1; null where there were none.</param>
/// <param name="AnswersTold">The telephony tells who answered; where it does not, no claim can be doubted by it.</param>
/// <param name="OutgoingTold">The telephony tells of calls going out; where it does not, no attempt can be doubted by it.</param>
/// <param name="PresenceTold">The telephony tells which phones take calls; where it does not, nobody's readiness can be doubted by it.</param>
/// <param name="Counts">How many gaps there are of each kind; all kinds are named.</param>
/// <param name="Gaps">The gaps, the earliest first; at most as many as were asked for.</param>
public sealed record CompletenessReport(
    DateOnly Day, long Position, int InFeed, int Registered, double? Completeness, bool AnswersTold, bool OutgoingTold, bool PresenceTold,
    IReadOnlyList<GapCount> Counts, IReadOnlyList<Gap> Gaps);

/// <summary>How many gaps there are of a kind.</summary>
public sealed record GapCount(string Kind, int Count);

/// <summary>One thing that one side says and the other does not.</summary>
/// <param name="Kind">
/// answeredNotRegistered: answered on a phone, and nobody took or closed it. takenNotClosed: taken, over, and never closed. missed: left the
/// queue unanswered by anybody. talkedWithoutAnswer: taken or closed, though the telephony has no answer for it. attemptWithoutCall: an
/// attempt to ring back was reported, and no call went out to that number around that time. readyWithoutPhone: a person was ready here for longer than a minute while his phone took no calls.
/// </param>
/// <param name="Stream">Whose history tells more: <c>call-...</c>, <c>callback-...</c> or <c>operatorSession-...</c>.</param>
/// <param name="Number">Digits of the other party's number.</param>
/// <param name="Person">Who took, closed or reported it; null where nobody did.</param>
/// <param name="Extension">The phone that answered, or took no calls; or empty.</param>
/// <param name="Result">What was reported, of a phone paused or unavailable; or empty.</param>
/// <param name="MayBeRegistered">The call can be registered afterwards.</param>
public sealed record Gap(
    string Kind, string Stream, DateTimeOffset At, string Number, string ClientName, Person? Person, string Extension, string Result,
    bool MayBeRegistered = false);
