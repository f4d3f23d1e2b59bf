using System.Collections.Immutable;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Intake.Projections.Engine;

namespace Intake.Projections.Tests;

public sealed partial class SchemaTests
{
    private static readonly ImmutableDictionary<Type, string> Scalars = ImmutableDictionary.CreateRange(
    [
        KeyValuePair.Create(typeof(string), "text"), KeyValuePair.Create(typeof(int), "integer"),
        KeyValuePair.Create(typeof(long), "bigint"), KeyValuePair.Create(typeof(decimal), "numeric"),
        KeyValuePair.Create(typeof(bool), "boolean"), KeyValuePair.Create(typeof(DateTimeOffset), "timestamptz"),
        KeyValuePair.Create(typeof(DateOnly), "date"),
    ]);

    // Every one that there is, so that none is forgotten here.
    private static readonly IReadOnlyList<Projection> All =
    [
        .. typeof(Projection).Assembly.GetExportedTypes().Select(type => type.GetField("Definition")?.GetValue(null)).OfType<Projection>()
            .OrderBy(projection => projection.Name, StringComparer.Ordinal),
    ];

    public static TheoryData<string> Names => [.. All.Select(projection => projection.Name)];

    /// <summary>Where tables change their version is raised; else a host takes the tables of another for its own, and fails at the first row.</summary>
    [Fact]
    public void A_schema_changes_together_with_its_version() => Assert.Equal(
        [
            "attendance 1 5b72a26d66b1",
            "authority 2 af43aa392ac9",
            "catalogue 1 d213fe6849e1",
            "client_card 1 ecebee9e6ca9",
            "completeness 2 f061ac5c564c",
            "kpi 4 fb1052c5b53e",
            "operator_queue 4 2fe010882a41",
            "order_book 2 8d6268280600",
        ],
        All.Select(projection => $"{projection.Name} {projection.Version} {Fingerprint(projection.Schema)}"));

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_table_has_the_columns_of_its_row_and_no_others(string name)
    {
        var projection = All.Single(candidate => candidate.Name == name);
        var created = CreateTable().Matches(projection.Schema).ToDictionary(
            match => match.Groups["table"].Value,
            match => match.Groups["columns"].Value.Split(",\n").Select(column => column.Trim()).ToList());

        Assert.Equal(projection.Tables.Count, created.Count);
        Assert.All(projection.Tables, table => Assert.Equal(ColumnsOf(table.Row), created[table.Name]));
    }

    [Fact]
    public void A_read_model_without_a_schema_is_a_fault_that_names_it() =>
        Assert.Contains("Nothing", Assert.Throws<InvalidOperationException>(() => Schema.Of("Nothing")).Message, StringComparison.Ordinal);

    private static string Fingerprint(string schema) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(schema)).AsSpan(0, 6));

    private static List<string> ColumnsOf(Type row) =>
    [
        "key text primary key", "changed_at bigint not null",
        .. row.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)!.GetParameters().Select(Column),
    ];

    private static string Column(ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        var optional = type != parameter.ParameterType
            || new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable;
        var column = type.IsEnum ? "text" : Scalars.GetValueOrDefault(type, "jsonb");
        return $"{Word().Replace(parameter.Name!, "_").ToLowerInvariant()} {column}{(optional ? string.Empty : " not null")}";
    }

    [GeneratedRegex(@"create table (?<table>\w+) \((?<columns>.*?)\n\);", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CreateTable();

    [GeneratedRegex("(?<=.)(?=[A-Z])", RegexOptions.None, 1000)]
    private static partial Regex Word();
}
