using Intake.Projections.Authority;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using Intake.Projections.Catalogue;
using Intake.Projections.ClientCard;
using Intake.Projections.Engine;
using Intake.Projections.Kpi;
using Intake.Projections.OperatorQueue;
using Intake.Projections.OrderBook;

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

    public static TheoryData<string> Names => [.. All.Select(projection => projection.Name)];

    private static IReadOnlyList<Projection> All =>
    [
        OperatorQueueProjection.Definition, OrderBookProjection.Definition, ClientCardProjection.Definition,
        CatalogueProjection.Definition, KpiProjection.Definition, AuthorityProjection.Definition,
    ];

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
