using System.Text.RegularExpressions;

namespace Intake.Architecture.Tests;

/// <summary>The clauses that tests claim to prove.</summary>
public sealed partial class ClauseTests
{
    /// <summary>The spine of the first delivery: each clause of it is proven by a test at least.</summary>
    private static readonly string[] Spine =
    [
        "A.I.4.2", "A.III.2", "A.III.3", "A.III.4", "A.III.5", "A.III.6", "A.III.7", "A.III.10", "A.III.12", "A.III.13", "A.III.14", "A.III.15",
        "A.III.18", "A.III.19", "A.III.20",
    ];

    /// <summary>The floor: calls, presence, routing, absence, callbacks.</summary>
    private static readonly string[] Floor =
    [
        "A.I.3", "A.I.5", "A.I.6", "A.II.1", "A.III.1", "A.III.2", "A.III.3", "A.III.4", "A.III.6", "A.III.11", "A.III.14", "A.III.15", "A.III.19", "A.III.22",
        "B.II.1.2", "B.V.5", "B.V.7", "C5", "C6",
    ];

    private static readonly HashSet<string> Known = ReadKnown();

    private static readonly IReadOnlyList<(string File, string Clause)> Claimed =
    [
        .. Repository.Files.Where(file => file.StartsWith("tests/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(file => Trait().Matches(Repository.Text(file)).Select(match => (file, match.Groups["clause"].Value))),
    ];

    [Fact]
    public void A_test_proves_a_clause_that_there_is()
    {
        Assert.InRange(Known.Count, 90, 1000);
        Assert.InRange(Claimed.Count, 50, 100_000);
        Assert.Empty(from claim in Claimed where !Known.Contains(claim.Clause) select $"{claim.File}: {claim.Clause}");
    }

    [Fact]
    public void Each_clause_of_the_spine_is_proven() => Assert.Empty(Spine.Except(Claimed.Select(claim => claim.Clause)));

    [Fact]
    public void Each_clause_of_the_floor_is_proven() => Assert.Empty(Floor.Except(Claimed.Select(claim => claim.Clause)));

    [GeneratedRegex(@"^\s*\[(?:.*, )?Trait\(""Clause"", ""(?<clause>[^""]*)""\)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Trait();

    private static HashSet<string> ReadKnown()
    {
        using var reader = new StreamReader(typeof(ClauseTests).Assembly.GetManifestResourceStream("clauses.txt")!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
    }
}
