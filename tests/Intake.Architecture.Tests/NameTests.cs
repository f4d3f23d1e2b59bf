using System.Reflection;
using System.Text.RegularExpressions;

namespace Intake.Architecture.Tests;

public sealed partial class NameTests
{
    /// <summary>Words of the business that end as a forbidden word does.</summary>
    private static readonly string[] OfTheBusiness = ["KeyAccountManager", "Manager", "AssignManager"];

    [Fact]
    public void Nothing_is_called_Manager_Helper_Util_Base_or_Impl()
    {
        var types = Repository.Files
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal))
            .SelectMany(file => DeclaredType().Matches(Repository.Text(file)).Select(match => (File: file, Name: match.Groups["name"].Value)))
            .ToList();
        Assert.InRange(types.Count, 300, 100_000);
        Assert.Empty(from type in types where Forbidden().IsMatch(type.Name) && !OfTheBusiness.Contains(type.Name) select $"{type.File}: {type.Name}");
    }

    [Fact]
    public void Public_types_of_the_domain_say_what_they_mean()
    {
        var undocumented =
            from file in Repository.Files
            where file.StartsWith("src/Intake.Domain/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal)
            from match in PublicTypeWithoutComment().Matches(Repository.Text(file))
            select $"{file}: {match.Groups["name"].Value}";
        Assert.Empty(undocumented);
    }

    [Fact]
    public void No_file_names_a_registry_or_a_place_of_one_machine()
    {
        var text = Repository.Files.Where(file => TextFile().IsMatch(file)).ToList();
        Assert.InRange(text.Count, 100, 100_000);
        Assert.Empty(
            from file in text
            from line in Repository.Text(file).Split('\n')
            where OfOneMachine().IsMatch(line)
            select $"{file}: {line.Trim()}");
    }

    [Fact]
    public void No_work_is_left_for_later_in_the_code()
    {
        var sources = Repository.Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal));
        Assert.Empty(from file in sources where Later().IsMatch(Repository.Text(file)) select file);
    }

    [GeneratedRegex(@"^\s*(?:[a-z]+ )*(?:class|record struct|record|struct|interface|enum) (?<name>[A-Z]\w*)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex DeclaredType();

    [GeneratedRegex("(Manager|Helper|Helpers|Util|Utils|Utility|Base|Impl)$", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Forbidden();

    [GeneratedRegex(@"^(?!\s*///)(?!\s*\[).*\n\s*public (?:[a-z]+ )*(?:class|record|interface|enum) (?<name>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex PublicTypeWithoutComment();

    [GeneratedRegex(@"(^ops/|^\.ci/|\.(cs|csproj|props|targets|json|md|sql|sh|ya?ml|razor|css|js|config|sln)$)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex TextFile();

    // A home, a work tree, a scratch folder of somebody's; or where packages come from. In brackets, so that this line is not one.
    [GeneratedRegex(@"(?<![\w.~/}])/(work|home|root)/\w|/tmp/w[t]\b|nuget[.]org|v3/index[.]json|registry[.]npmjs|packageSource[s]", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex OfOneMachine();

    [GeneratedRegex(@"\b(TO" + "DO|FIX" + "ME|HA" + @"CK)\b|NotImplemented" + "Exception", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Later();
}
