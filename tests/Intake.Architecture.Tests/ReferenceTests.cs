using System.Reflection;
using System.Xml.Linq;

namespace Intake.Architecture.Tests;

/// <summary>The direction of the arrows: who may know whom.</summary>
public sealed class ReferenceTests
{
    /// <summary>All that each project may reference of the house; a new project names itself here.</summary>
    private static readonly Dictionary<string, string[]> May = new()
    {
        ["Intake.Domain"] = [],
        ["Intake.Contracts"] = [],
        ["Intake.EventLog"] = ["Intake.Domain"],
        ["Intake.Import"] = ["Intake.Domain"],
        ["Intake.Projections"] = ["Intake.Domain", "Intake.EventLog"],
        ["Intake.Application"] = ["Intake.Domain", "Intake.EventLog", "Intake.Projections"],
        ["Intake.Desk"] = ["Intake.Contracts"],
        ["Intake.Host"] = ["Intake.Application", "Intake.Contracts", "Intake.Desk", "Intake.Domain", "Intake.EventLog", "Intake.Import", "Intake.Projections"],
    };

    public static TheoryData<string> Projects() =>
        [.. Repository.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal) && !file.StartsWith("tests/", StringComparison.Ordinal))];

    public static TheoryData<string> Libraries() =>
        ["Intake.Domain", "Intake.Contracts", "Intake.EventLog", "Intake.Import", "Intake.Projections", "Intake.Application"];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_the_house_allows(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        Assert.True(May.ContainsKey(name), $"{name} is not in the plan of the house; say what it may reference.");
        Assert.Empty(References(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))).Except(May[name]));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void What_is_built_knows_only_what_the_house_allows(string name)
    {
        var known = Assembly.Load(name).GetReferencedAssemblies().Select(reference => reference.Name!).ToList();
        Assert.NotEmpty(known);
        Assert.Empty(known.Where(other => other.StartsWith("Intake.", StringComparison.Ordinal) || other == "intake").Except(May[name]));
    }

    [Fact]
    public void The_domain_knows_nothing_but_the_framework()
    {
        Assert.Empty(References("src/Intake.Domain/Intake.Domain.csproj", "PackageReference"));
        Assert.All(
            Assembly.Load("Intake.Domain").GetReferencedAssemblies(),
            reference => Assert.StartsWith("System.", reference.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void The_domain_does_no_io_and_reads_no_clock()
    {
        string[] forbidden = ["DateTimeOffset.UtcNow", "DateTimeOffset.Now", "DateTime.UtcNow", "DateTime.Now", "Guid.NewGuid", "Guid.CreateVersion7", "Random", "System.IO", "HttpClient", "async "];
        var sources = Repository.Files.Where(file => file.StartsWith("src/Intake.Domain/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(sources);
        Assert.Empty(from source in sources from word in forbidden where Repository.Text(source).Contains(word, StringComparison.Ordinal) select $"{source}: {word}");
    }

    [Fact]
    public void The_solution_holds_every_project()
    {
        var solution = Repository.Text("Intake.sln").Replace('\\', '/');
        var projects = Repository.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(projects);
        Assert.Empty(from project in projects where !solution.Contains($"\"{project}\"", StringComparison.Ordinal) select project);
    }

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Parse(Repository.Text(project)).Descendants(kind).Select(element => element.Attribute("Include")!.Value);
}
