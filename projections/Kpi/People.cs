using Intake.Domain;
using Intake.Domain.Calls;
using Intake.Domain.Ordering;
using Intake.Projections.Engine;

namespace Intake.Projections.Kpi;

/// <summary>What each person did, by the quarter of an hour; each column says its formula in <see cref="PersonRow"/>.</summary>
internal static class People
{
    public static Table<PersonRow> Table()
    {
        var people = new Table<PersonRow>("person");
        Count<CallClaimed>(people, e => e.At, e => [e.By], (row, _) => row with { CallsTaken = row.CallsTaken + 1 });
        Count<TransferAccepted>(people, e => e.At, e => [e.By], (row, _) => row with { CallsTaken = row.CallsTaken + 1 });
        Count<CallClosed>(people, e => e.At, e => [e.By], (row, e) => row with
        {
            CallsRegistered = row.CallsRegistered + 1,
            HandleMsSum = row.HandleMsSum + e.HandleMs,
        });
        Count<HelpEnded>(people, e => e.At, e => [e.Helper, e.Helped], (row, e) => row.StaffId == e.Helper.Id
            ? row with { HelpGiven = row.HelpGiven + 1, HelpGivenMsSum = row.HelpGivenMsSum + e.HelpMs }
            : row with { HelpReceived = row.HelpReceived + 1, HelpReceivedMsSum = row.HelpReceivedMsSum + e.HelpMs });
        return Count<OrderSubmitted>(people, e => e.At, e => e.Lines.Select(line => line.By ?? e.By).Append(e.By), Credited);
    }

    // Each position is credited to who put it in, the order to who submitted it.
    private static PersonRow Credited(PersonRow row, OrderSubmitted e)
    {
        var his = e.Lines.Where(line => (line.By ?? e.By).Id == row.StaffId).ToList();
        var value = his.Sum(line => line.Amount);
        var own = e.By.Id == row.StaffId;
        return row with
        {
            Orders = row.Orders + (own ? 1 : 0),
            Lines = row.Lines + his.Count,
            OrderValue = row.OrderValue + value,
            LinesForOthers = row.LinesForOthers + (own ? 0 : his.Count),
            ValueForOthers = row.ValueForOthers + (own ? 0 : value),
        };
    }

    private static Table<PersonRow> Count<TEvent>(
        Table<PersonRow> people, Func<TEvent, DateTimeOffset> when, Func<TEvent, IEnumerable<StaffRef>> who,
        Func<PersonRow, TEvent, PersonRow> count)
        where TEvent : IEvent => people.OnEach<TEvent>(
            e => who(e).Select(person => Key(when(e), person)).Distinct(),
            (row, key, e, _) =>
            {
                var person = who(e).First(one => Key(when(e), one) == key);
                return count((row ?? Nothing(when(e), person)) with { Name = person.Name }, e);
            });

    private static string Key(DateTimeOffset moment, StaffRef person) => $"{QuarterHour.Key(moment)}|{person.Id}";

    private static PersonRow Nothing(DateTimeOffset moment, StaffRef person) =>
        new(QuarterHour.Of(moment), person.Id, person.Name, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
