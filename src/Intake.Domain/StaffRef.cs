namespace Intake.Domain;

/// <summary>A member of staff as other events name him: the id that does not change, and the name at that moment.</summary>
public sealed record StaffRef(string Id, string Name)
{
    /// <summary>What acts by itself: telephony, timers, policies, imports.</summary>
    public static readonly StaffRef System = new("system", "Intake");
}

/// <summary>What a person is in the company; rights derive from it.</summary>
public enum StaffRole
{
    /// <summary>Takes standard orders by phone.</summary>
    Operator,

    /// <summary>Owns clients that are not key clients.</summary>
    Manager,

    /// <summary>Owns key clients (A.III.4).</summary>
    KeyAccountManager,

    /// <summary>Leads a sales department; assigns managers, decides on what is not standard.</summary>
    Head,

    /// <summary>Owns receivables; may release a debtor's order.</summary>
    Finance,

    /// <summary>Watches the floor.</summary>
    Supervisor,

    /// <summary>Reads history; changes nothing.</summary>
    Auditor,

    /// <summary>Sets up accounts, imports data.</summary>
    Administrator,
}
