using Intake.Contracts;
using Intake.Desk.Api;
using Intake.Desk.Text;

namespace Intake.Desk.Staff;

/// <summary>Among whom one chooses.</summary>
public static class Working
{
    /// <summary>Those who work here now, by name; none where the list could not be read.</summary>
    public static IEnumerable<StaffRow> Now(Outcome<StaffList> everybody, Lexicon words)
    {
        ArgumentNullException.ThrowIfNull(everybody);
        ArgumentNullException.ThrowIfNull(words);
        return (everybody.Value?.People ?? []).Where(person => !person.Dismissed).OrderBy(person => person.Name, words.Names);
    }
}
