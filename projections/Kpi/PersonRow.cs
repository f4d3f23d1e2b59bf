namespace Intake.Projections.Kpi;

/// <summary>
/// What one person did in a quarter of an hour: counts of events, and sums over them, each by the moment of the event itself. Any span of
/// quarters has its figures by adding them up.
/// </summary>
/// <param name="Start">The first instant of the interval, UTC.</param>
/// <param name="Name">As the last event names him.</param>
/// <param name="CallsTaken">CallClaimed by him, TransferAccepted by him.</param>
/// <param name="CallsRegistered">CallClosed by him.</param>
/// <param name="HandleMsSum">Of these, from answer to close, milliseconds.</param>
/// <param name="Orders">OrderSubmitted by him.</param>
/// <param name="Lines">Positions that he put into submitted orders, his own or others'.</param>
/// <param name="OrderValue">Their amounts, net: the values of all people add up to the value of all orders.</param>
/// <param name="LinesForOthers">Of these, in orders that somebody else submitted.</param>
/// <param name="ValueForOthers">Their amounts.</param>
/// <param name="HelpGiven">HelpEnded in which he was the helper (A.III.22).</param>
/// <param name="HelpGivenMsSum">How long, milliseconds.</param>
/// <param name="HelpReceived">HelpEnded in which he was helped.</param>
/// <param name="HelpReceivedMsSum">How long, milliseconds.</param>
public sealed record PersonRow(
    DateTimeOffset Start, string StaffId, string Name, int CallsTaken, int CallsRegistered, long HandleMsSum, int Orders, int Lines,
    decimal OrderValue, int LinesForOthers, decimal ValueForOthers, int HelpGiven, long HelpGivenMsSum, int HelpReceived,
    long HelpReceivedMsSum);
