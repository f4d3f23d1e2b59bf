using System.Text.RegularExpressions;

namespace Intake.Ops.Tests;

public sealed partial class ReadmeTests
{
    public static TheoryData<string> Commands() => new(Lines());

    [Fact]
    public void The_README_shows_the_commands_that_matter()
    {
        var shown = Lines().ToList();
        string[] expected = ["ops/up", "ops/test", "ops/intake verify", "ops/intake rebuild", "ops/intake import", "ops/intake simulate", "ops/bench"];
        Assert.All(expected, command => Assert.Contains(shown, line => line.StartsWith(command, StringComparison.Ordinal)));
    }

    /// <summary>Script, sub-commands and options are ones that the script's own help knows.</summary>
    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_command_in_the_README_is_one_that_the_scripts_know(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(File.Exists(Path.Combine(Scripts.Repository, words[0])), $"There is no {words[0]}.");
        var commands = words[0] == "ops/intake" ? words.Skip(1).TakeWhile(word => SubCommand().IsMatch(word)).Take(2).ToList() : [];

        var help = await Scripts.Run(words[0], string.Join(' ', [.. commands, "--help"]));

        Assert.True(help.Code == 0, help.Messages);
        if (commands.Count > 0)
        {
            // The second word is a sub-command, or the value of an argument.
            var usage = help.Output.Split("Usage:")[1].Split('\n')[1];
            Assert.Contains($"intake {commands[0]}", usage, StringComparison.Ordinal);
            Assert.True(usage.Contains(string.Join(' ', commands), StringComparison.Ordinal) || usage.Contains('<', StringComparison.Ordinal), usage);
        }

        Assert.All(words.Where(word => word.StartsWith("--", StringComparison.Ordinal)), option =>
            Assert.Contains(option, help.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_package_stands_in_the_list_of_licences()
    {
        var packages = Package().Matches(File.ReadAllText(Path.Combine(Scripts.Repository, "Directory.Packages.props")))
            .Select(match => match.Groups["name"].Value).ToList();
        var licences = File.ReadAllText(Path.Combine(Scripts.Repository, "docs", "licences.md"));
        Assert.True(packages.Count > 20);
        Assert.All(packages, package => Assert.Matches($"[ |]{Regex.Escape(package)}[ ,]", licences));
    }

    [Fact]
    public void Every_file_that_the_README_links_to_is_there()
    {
        var links = Link().Matches(File.ReadAllText(Path.Combine(Scripts.Repository, "README.md")))
            .Select(match => match.Groups["target"].Value).ToList();
        Assert.True(links.Count >= 5);
        Assert.All(links, link => Assert.True(Path.Exists(Path.Combine(Scripts.Repository, link)), $"There is no {link}."));
    }

    private static IEnumerable<string> Lines() =>
        ShellBlock().Matches(File.ReadAllText(Path.Combine(Scripts.Repository, "README.md")))
            .SelectMany(block => block.Groups["lines"].Value.Split('\n'))
            .Select(line => line.Split('#')[0].Trim())
            .Where(line => line.StartsWith("ops/", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal);

    [GeneratedRegex("```sh\n(?<lines>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ShellBlock();

    [GeneratedRegex("PackageVersion Include=\"(?<name>[^\"]+)\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Package();

    [GeneratedRegex(@"\]\((?<target>[a-zA-Z0-9/._-]+)\)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Link();

    [GeneratedRegex("^[a-z]+(-[a-z]+)*$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex SubCommand();
}
