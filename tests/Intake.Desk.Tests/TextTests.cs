using System.Globalization;
using Intake.Contracts;
using Intake.Desk.Api;
using Intake.Desk.Text;

namespace Intake.Desk.Tests;

public sealed class TextTests
{
    private readonly Lexicon words = new();

    [Theory]
    [InlineData("en", 1, "1 line")]
    [InlineData("en", 0, "0 lines")]
    [InlineData("en", 21, "21 lines")]
    [InlineData("ro", 1, "1 poziție")]
    [InlineData("ro", 0, "0 poziții")]
    [InlineData("ro", 19, "19 poziții")]
    [InlineData("ro", 20, "20 de poziții")]
    [InlineData("ro", 100, "100 de poziții")]
    [InlineData("ro", 101, "101 poziții")]
    [InlineData("ru", 1, "1 позиция")]
    [InlineData("ru", 3, "3 позиции")]
    [InlineData("ru", 5, "5 позиций")]
    [InlineData("ru", 11, "11 позиций")]
    [InlineData("ru", 12, "12 позиций")]
    [InlineData("ru", 21, "21 позиция")]
    [InlineData("ru", 22, "22 позиции")]
    [InlineData("ru", 112, "112 позиций")]
    public void A_number_takes_the_plural_form_of_its_language(string language, int number, string text)
    {
        words.Choose(language);
        Assert.Equal(text, words.Count("order.lines", number));
    }

    [Fact]
    public void Every_language_has_every_text()
    {
        var english = Plain("en");
        Assert.True(english.Count > 400, $"Only {english.Count} texts.");
        Assert.Equal(english, Plain("ro"));
        Assert.Equal(english, Plain("ru"));
    }

    [Theory]
    [InlineData("ro", "one", "few", "other")]
    [InlineData("ru", "one", "few", "many", "other")]
    [InlineData("en", "one", "other")]
    public void Every_counted_text_has_each_form_of_its_language(string language, params string[] forms)
    {
        var counted = Lexicon.KeysOf(language).Where(key => key.Contains('#', StringComparison.Ordinal))
            .GroupBy(key => key.Split('#')[0], key => key.Split('#')[1]).ToList();
        Assert.NotEmpty(counted);
        Assert.All(counted, key => Assert.Equal(forms.Order(), key.Order()));
    }

    [Fact]
    public void Who_loses_a_race_reads_who_has_won()
    {
        var lost = new Problem(
            ProblemCodes.Conflict, "call-already-taken", "Ion has taken this call.", [], new Person("ion", "Ion Ceban"));
        Assert.Equal("Ion Ceban was faster and has this call. Take the next one.", words.Of(lost));
        words.Choose("ro");
        Assert.Contains("Ion Ceban", words.Of(lost), StringComparison.Ordinal);
        words.Choose("ru");
        Assert.Contains("Ion Ceban", words.Of(lost), StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_without_a_translation_keeps_the_sentence_of_the_host()
    {
        words.Choose("ru");
        Assert.Equal("Quite new.", words.Of(new Problem(ProblemCodes.Refused, "quite-new", "Quite new.", [], null)));
    }

    [Theory]
    [InlineData("12", 12)]
    [InlineData("1,5", 1.5)]
    [InlineData("1.5", 1.5)]
    [InlineData(" 0.125 ", 0.125)]
    public void A_quantity_is_read_with_comma_or_point(string typed, double quantity)
    {
        Assert.True(Quantities.TryRead(typed, out var read));
        Assert.Equal((decimal)quantity, read);
        Assert.True(Quantities.TryRead(Quantities.Typed(read), out var again));
        Assert.Equal(read, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-3")]
    [InlineData("1.234,5")]
    [InlineData("ten")]
    public void What_is_no_quantity_is_not_guessed_at(string typed) => Assert.False(Quantities.TryRead(typed, out _));

    [Theory]
    [InlineData("Brânză de vaci", "branza")]
    [InlineData("Piaţa Centrală", "piața")]
    [InlineData("Берёзка", "березка")]
    public void A_search_folds_case_and_diacritics(string text, string part) => Assert.True(Folded.Contains(text, part));

    [Fact]
    public void Numbers_are_written_as_the_language_writes_them()
    {
        Assert.Equal("1,234.50", words.Money(1234.5m));
        words.Choose("ro");
        Assert.Equal("1.234,50", words.Money(1234.5m));
        words.Choose("ru");
        Assert.Equal("1234,50", string.Concat(words.Money(1234.5m).Where(letter => !char.IsWhiteSpace(letter))));
        Assert.Equal(CultureInfo.GetCultureInfo("ru-RU"), words.Culture);
    }

    private static SortedSet<string> Plain(string language) => [.. Lexicon.KeysOf(language).Select(key => key.Split('#')[0])];
}
