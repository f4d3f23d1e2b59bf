using Intake.Testing;

namespace Intake.EventLog.Tests.Postgres;

/// <summary>A test that kills its server; skipped, with the reason, where the server is not the test's own.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OwnServerFactAttribute : FactAttribute
{
    public OwnServerFactAttribute() => Skip = PostgresCluster.NoKillingBecause;
}
