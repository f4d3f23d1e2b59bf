using System.Text.Json;

namespace Intake.Contracts;

/// <summary>How the wire writes these records: camelCase; what people type is read whatever its case.</summary>
public static class ContractsJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);
}
