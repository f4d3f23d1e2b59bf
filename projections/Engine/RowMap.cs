using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using Npgsql;

namespace Intake.Projections.Engine;

/// <summary>
/// How the rows of a read model stand in their table: a parameter of the record's constructor is a column, PascalCase is
/// snake_case. Text, numbers, truth, ids, days and moments have columns of their kind; an enumeration is its name; records and
/// lists are jsonb. Everything is compiled once for a row type.
/// </summary>
public abstract class RowMap
{
    private static readonly ConcurrentDictionary<Type, RowMap> Maps = new();

    private protected RowMap(IReadOnlyList<string> names) =>
        (Names, Columns) = (names, string.Join(", ", names.Select(name => $"\"{name}\"")));

    /// <summary>The columns, in the order of the constructor, without <c>key</c> and <c>changed_at</c>.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The same, quoted and with commas between, for a <c>select</c>.</summary>
    public string Columns { get; }

    internal abstract IReadOnlyList<RowColumn> Mapped { get; }

    /// <summary>The map of a row type.</summary>
    /// <exception cref="NotSupportedException">A property has a type that no column can hold.</exception>
    public static RowMap<TRow> Of<TRow>()
        where TRow : class => (RowMap<TRow>)Of(typeof(TRow));

    /// <inheritdoc cref="Of{TRow}"/>
    public static RowMap Of(Type row) =>
        Maps.GetOrAdd(row, type => (RowMap)Activator.CreateInstance(typeof(RowMap<>).MakeGenericType(type), nonPublic: true)!);

    internal abstract object ReadRow(NpgsqlDataReader reader, int from);

    /// <summary>
    /// The row as its table will give it back: moments are in UTC and whole microseconds. So a fold gets the same row
    /// whether it comes from memory or from the table.
    /// </summary>
    internal abstract object AsStored(object row);

    private protected static string SnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]))))
                text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}

/// <summary>How rows of <typeparamref name="TRow"/> stand in their table.</summary>
public sealed class RowMap<TRow> : RowMap
    where TRow : class
{
    private readonly Func<NpgsqlDataReader, int, TRow> _read;
    private readonly Func<TRow, TRow>? _asStored;

    private RowMap()
        : base([.. Properties().Select(property => SnakeCase(property.Name))])
    {
        var properties = Properties();
        Mapped = [.. properties.Select((property, i) => RowColumn.Of(property, Names[i]))];

        var (reader, from) = (Expression.Parameter(typeof(NpgsqlDataReader)), Expression.Parameter(typeof(int)));
        var values = properties.Select((property, i) => Expression.Call(
            typeof(ColumnValue), nameof(ColumnValue.Read), [property.PropertyType], reader, Expression.Add(from, Expression.Constant(i))));
        _read = Expression.Lambda<Func<NpgsqlDataReader, int, TRow>>(Expression.New(Constructor(), values), reader, from).Compile();
        _asStored = CompileAsStored(properties);
    }

    internal override IReadOnlyList<RowColumn> Mapped { get; }

    /// <summary>The row in the reader's current record.</summary>
    /// <param name="reader">Stands on a record that has <see cref="RowMap.Columns"/> in their order.</param>
    /// <param name="from">The ordinal of the first of them.</param>
    public TRow Read(NpgsqlDataReader reader, int from = 0) => _read(reader, from);

    internal override object ReadRow(NpgsqlDataReader reader, int from) => _read(reader, from);

    internal override object AsStored(object row) => _asStored is null ? row : _asStored((TRow)row);

    private static ConstructorInfo Constructor() => typeof(TRow).GetConstructors().MaxBy(one => one.GetParameters().Length)
        ?? throw new NotSupportedException($"The row {typeof(TRow).Name} has no public constructor.");

    private static PropertyInfo[] Properties() =>
        [.. Constructor().GetParameters().Select(parameter => typeof(TRow).GetProperty(parameter.Name!)
            ?? throw new NotSupportedException($"The row {typeof(TRow).Name} has no property for its parameter {parameter.Name}."))];

    private static Func<TRow, TRow>? CompileAsStored(PropertyInfo[] properties)
    {
        var row = Expression.Parameter(typeof(TRow));
        var moments = properties.Where(property => Moment.IsOne(property.PropertyType)).ToArray();
        if (moments.Length == 0)
            return null;
        var differs = moments
            .Select(property => (Expression)Expression.Not(Expression.Call(typeof(Moment), nameof(Moment.IsAsStored), null, Expression.Convert(
                Expression.Property(row, property), typeof(DateTimeOffset?)))))
            .Aggregate(Expression.OrElse);
        var copy = Expression.New(Constructor(), properties.Select(property =>
        {
            Expression value = Expression.Property(row, property);
            return Moment.IsOne(property.PropertyType)
                ? Expression.Convert(
                    Expression.Call(typeof(Moment), nameof(Moment.AsStored), null, Expression.Convert(value, typeof(DateTimeOffset?))),
                    property.PropertyType)
                : value;
        }));
        return Expression.Lambda<Func<TRow, TRow>>(Expression.Condition(differs, copy, row), row).Compile();
    }
}

/// <summary>Moments as PostgreSQL keeps them.</summary>
internal static class Moment
{
    public static bool IsOne(Type type) => type == typeof(DateTimeOffset) || type == typeof(DateTimeOffset?);

    public static bool IsAsStored(DateTimeOffset? moment) =>
        moment is not { } at || (at.Offset == TimeSpan.Zero && at.Ticks % TimeSpan.TicksPerMicrosecond == 0);

    public static DateTimeOffset? AsStored(DateTimeOffset? moment) => moment is { } at
        ? new DateTimeOffset(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero)
        : null;
}
