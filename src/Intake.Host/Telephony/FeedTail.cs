using System.Security.Cryptography;
using System.Text.Json;

namespace Intake.Host.Telephony;

/// <summary>How far a file was taken over, and by which beginning it is known again.</summary>
/// <param name="Head">SHA-256 of its first <paramref name="HeadLength"/> bytes.</param>
public sealed record FeedPlace(string Head, int HeadLength, long Offset, long Lines)
{
    /// <summary>Nothing was taken over.</summary>
    public static readonly FeedPlace Beginning = new(string.Empty, 0, 0, 0);
}

/// <summary>
/// Follows a file that grows and is rotated, by a new file under its name or by being emptied; what stands behind the last read line in
/// the old one is read first. The place is kept in a file, so that following goes on where it ended.
/// </summary>
public sealed class FeedTail(FeedImport import, string path, string placeFile, TimeProvider clock)
{
    private const int MostOfHead = 256;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>Follows until cancelled.</summary>
    public async Task Follow(Action<FeedTally> told, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(told);
        var place = await Kept(cancel);
        while (true)
        {
            FileStream file;
            try
            {
                file = Open();
            }
            catch (FileNotFoundException)
            {
                await Task.Delay(LookEvery, clock, cancel);
                continue;
            }

            await using (file)
            {
                place = IsOf(file, place) ? place : FeedPlace.Beginning;
                while (!IsReplaced(file, place))
                {
                    place = await Take(file, place, whole: false, told, cancel);
                    await Task.Delay(LookEvery, clock, cancel);
                }

                if (file.Length >= place.Offset)
                {
                    await Take(file, place, whole: true, told, cancel);
                }

                place = FeedPlace.Beginning;
            }
        }
    }

    private async Task<FeedPlace> Take(FileStream file, FeedPlace from, bool whole, Action<FeedTally> told, CancellationToken cancel)
    {
        if (file.Length <= from.Offset)
        {
            return from;
        }

        file.Position = from.Offset;
        var place = from;
        var taken = await import.Take(
            FeedLines.Of(file, (from.Offset, from.Lines), whole, cancel), speed: null,
            async tally =>
            {
                if (tally.Lines == 0)
                {
                    return;
                }

                var head = (int)Math.Min(tally.Offset, MostOfHead);
                place = new FeedPlace(HeadOf(file, head), head, tally.Offset, from.Lines + tally.Lines);
                await Keep(place, cancel);
            },
            cancel);
        if (taken.Lines > 0)
        {
            told(taken);
        }

        return place;
    }

    private FileStream Open() => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    // The file was emptied, or another one has its name.
    private bool IsReplaced(FileStream file, FeedPlace place)
    {
        if (file.Length < place.Offset)
        {
            return true;
        }

        try
        {
            using var named = Open();
            return !IsOf(named, place);
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    private static bool IsOf(FileStream file, FeedPlace place) =>
        file.Length >= place.Offset && (place.HeadLength == 0 || HeadOf(file, place.HeadLength) == place.Head);

    private static string HeadOf(FileStream file, int length)
    {
        Span<byte> head = stackalloc byte[length];
        var read = RandomAccess.Read(file.SafeFileHandle, head, 0);
        return Convert.ToHexStringLower(SHA256.HashData(head[..read]));
    }

    private async Task<FeedPlace> Kept(CancellationToken cancel) => File.Exists(placeFile)
        ? JsonSerializer.Deserialize<FeedPlace>(await File.ReadAllTextAsync(placeFile, cancel)) ?? FeedPlace.Beginning
        : FeedPlace.Beginning;

    // Written beside and put in its place, so that a crash leaves the old one or the new one.
    private async Task Keep(FeedPlace place, CancellationToken cancel)
    {
        var beside = placeFile + ".new";
        await File.WriteAllTextAsync(beside, JsonSerializer.Serialize(place), cancel);
        File.Move(beside, placeFile, overwrite: true);
    }
}
