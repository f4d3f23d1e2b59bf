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
        Assert.All(commands.TakeLast(1), command => Assert.Contains(command, help.Output.Split("Usage:")[1].Split('\n')[1], StringComparison.Ordinal));
        Assert.All(words.Where(word => word.StartsWith("--", StringComparison.Ordinal)), option =>
            Assert.Contains(option, help.Output, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Lines() =>
        ShellBlock().Matches(File.ReadAllText(Path.Combine(Scripts.Repository, "README.md")))
            .SelectMany(block => block.Groups["lines"].Value.Split('\n'))
            .Select(line => line.Split('#')[0].Trim())
            .Where(line => line.StartsWith("ops/", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal);

    [GeneratedRegex("```sh\n(?<lines>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ShellBlock();

    [GeneratedRegex("^[a-z]+$", RegexOptions.NonBacktracking)]
    private static partial Regex SubCommand();
}
