using System.Collections;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;
using NpgsqlTypes;

namespace Intake.Projections.Engine;

/// <summary>A column of a read model's table: takes its value out of rows, for a statement or for COPY.</summary>
internal abstract class RowColumn(string name, string sqlType, NpgsqlDbType type)
{
    public string Name => name;

    public string SqlType => sqlType;

    protected NpgsqlDbType Type => type;

    /// <summary>The values of these rows, as an array.</summary>
    public abstract NpgsqlParameter ValuesOf(IReadOnlyList<RowEntry> rows);

    /// <summary>Writes the value of a row to COPY.</summary>
    public abstract void Copy(object row, NpgsqlBinaryImporter to);

    public static RowColumn Of(PropertyInfo property, string name)
    {
        var bare = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var (sql, type, stored) = ColumnValue.Kind(bare)
            ?? throw new NotSupportedException($"{property.DeclaringType!.Name}.{property.Name}: no column holds a {property.PropertyType}.");
        var nullable = bare != property.PropertyType && stored.IsValueType;

        var row = Expression.Parameter(typeof(object));
        Expression value = Expression.Property(Expression.Convert(row, property.DeclaringType!), property);
        if (ColumnValue.IsText(bare))
            value = Expression.Call(typeof(ColumnValue), nameof(ColumnValue.Text), [property.PropertyType], value);
        var valueType = nullable ? typeof(Nullable<>).MakeGenericType(stored) : stored;
        var get = Expression.Lambda(typeof(Func<,>).MakeGenericType(typeof(object), valueType), value, row).Compile();
        var column = (nullable ? typeof(NullableColumn<>) : typeof(ValueColumn<>)).MakeGenericType(stored);
        return (RowColumn)Activator.CreateInstance(column, name, sql, type, get)!;
    }
}

internal sealed class ValueColumn<T>(string name, string sqlType, NpgsqlDbType type, Func<object, T> get) : RowColumn(name, sqlType, type)
{
    public override NpgsqlParameter ValuesOf(IReadOnlyList<RowEntry> rows)
    {
        var values = new T[rows.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = get(rows[i].Row!);
        return new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | Type };
    }

    public override void Copy(object row, NpgsqlBinaryImporter to)
    {
        if (get(row) is { } value)
            to.Write(value, Type);
        else
            to.WriteNull();
    }
}

internal sealed class NullableColumn<T>(string name, string sqlType, NpgsqlDbType type, Func<object, T?> get) : RowColumn(name, sqlType, type)
    where T : struct
{
    public override NpgsqlParameter ValuesOf(IReadOnlyList<RowEntry> rows)
    {
        var values = new T?[rows.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = get(rows[i].Row!);
        return new NpgsqlParameter<T?[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | Type };
    }

    public override void Copy(object row, NpgsqlBinaryImporter to)
    {
        if (get(row) is { } value)
            to.Write(value, Type);
        else
            to.WriteNull();
    }
}

/// <summary>Which column holds which type, and how its values are written and read.</summary>
internal static class ColumnValue
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    private static readonly Dictionary<Type, (string Sql, NpgsqlDbType Type, Type Stored)> Kinds = new()
    {
        [typeof(string)] = ("text", NpgsqlDbType.Text, typeof(string)),
        [typeof(int)] = ("int", NpgsqlDbType.Integer, typeof(int)),
        [typeof(long)] = ("bigint", NpgsqlDbType.Bigint, typeof(long)),
        [typeof(decimal)] = ("numeric", NpgsqlDbType.Numeric, typeof(decimal)),
        [typeof(bool)] = ("boolean", NpgsqlDbType.Boolean, typeof(bool)),
        [typeof(double)] = ("double precision", NpgsqlDbType.Double, typeof(double)),
        [typeof(Guid)] = ("uuid", NpgsqlDbType.Uuid, typeof(Guid)),
        [typeof(DateTimeOffset)] = ("timestamptz", NpgsqlDbType.TimestampTz, typeof(DateTimeOffset)),
        [typeof(DateOnly)] = ("date", NpgsqlDbType.Date, typeof(DateOnly)),
    };

    public static (string Sql, NpgsqlDbType Type, Type Stored)? Kind(Type bare) =>
        Kinds.TryGetValue(bare, out var kind) ? kind
        : bare.IsEnum ? ("text", NpgsqlDbType.Text, typeof(string))
        : IsJson(bare) ? ("jsonb", NpgsqlDbType.Jsonb, typeof(string))
        : null;

    /// <summary>True where the column's text is made from the value: enumerations and jsonb.</summary>
    public static bool IsText(Type bare) => !Kinds.ContainsKey(bare);

    public static string? Text<T>(T value) => Texts<T>.Write(value);

    public static T Read<T>(NpgsqlDataReader reader, int ordinal) =>
        reader.IsDBNull(ordinal) ? default! : Texts<T>.Read(reader, ordinal);

    // Lists and records, of the business's own types; a scalar that is not in the table above is a mistake.
    private static bool IsJson(Type bare) =>
        bare.IsAssignableTo(typeof(IEnumerable)) || bare.GetMethod("<Clone>$") is not null
        || (bare.IsValueType && bare.Namespace?.StartsWith("System", StringComparison.Ordinal) != true);

    private static class Texts<T>
    {
        private static readonly Type Bare = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);

        private static readonly Dictionary<string, T>? Members = Bare.IsEnum
            ? Enum.GetValues(Bare).Cast<T>().DistinctBy(member => member!.ToString()!).ToDictionary(member => member!.ToString()!)
            : null;

        private static readonly Dictionary<object, string>? MemberNames = Members?.ToDictionary(member => (object)member.Value!, member => member.Key);

        public static readonly Func<NpgsqlDataReader, int, T> Read =
            Bare.IsEnum ? (reader, ordinal) => Members![reader.GetString(ordinal)]
            : IsText(Bare) ? (reader, ordinal) => JsonSerializer.Deserialize<T>(reader.GetString(ordinal), Json)!
            : (reader, ordinal) => reader.GetFieldValue<T>(ordinal);

        public static string? Write(T value) => value is null ? null
            : MemberNames is null ? JsonSerializer.Serialize(value, Json)
            : MemberNames.GetValueOrDefault(value) ?? throw new ArgumentException($"{value} is no {Bare.Name}.", nameof(value));
    }
}
