namespace Intake.Contracts;

/// <summary>What one person did on a day, or so far (A.III.22: help is credited to both).</summary>
/// <param name="HandleSeconds">Mean time from answer to close of the registered calls; null where there were none.</param>
/// <param name="Orders">That he submitted.</param>
/// <param name="Value">Net amounts of the positions that he put in, in whosever order.</param>
/// <param name="ValueForOthers">The part of it in orders that others submitted.</param>
/// <param name="HelpGiven">How often he helped.</param>
/// <param name="HelpReceived">How often he was helped.</param>
public sealed record PersonFigures(
    string StaffId, string Name, int CallsTaken, int CallsRegistered, double? HandleSeconds, int Orders, int Lines, decimal Value,
    decimal ValueForOthers, int HelpGiven, double HelpGivenSeconds, int HelpReceived, double HelpReceivedSeconds);

/// <summary>The people's figures of a day at a position.</summary>
public sealed record PeopleFigures(DateOnly Day, long Position, IReadOnlyList<PersonFigures> People);
