using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Intake.Domain;
using Intake.EventLog.Serialisation;
using MediatR;
using Snapshooter.Xunit;

namespace Intake.Application.Tests;

/// <summary>Every command, for every role.</summary>
public sealed class RightsTests
{
    private static readonly IReadOnlyList<Type> AllCommands =
        [.. typeof(Command).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(Command))).OrderBy(type => type.Name, StringComparer.Ordinal)];

    public static TheoryData<string> EveryCommand() => [.. AllCommands.Select(type => type.Name)];

    [Fact]
    public void Every_command_says_who_may_send_it()
    {
        Assert.InRange(AllCommands.Count, 40, 1000);
        Assert.DoesNotContain(AllCommands, type => type.GetCustomAttribute<ForAttribute>() is null);
    }

    /// <summary>Who may do what is a decision of the company: a changed snapshot is a changed right.</summary>
    [Fact]
    public async Task Each_role_may_send_what_it_always_could()
    {
        var table = new StringBuilder();
        foreach (var type in AllCommands)
        {
            var roles = new List<StaffRole>();
            foreach (var role in Enum.GetValues<StaffRole>())
            {
                if (await Passes(type, new Actor(new StaffRef("anna", "Anna"), role)))
                    roles.Add(role);
            }

            table.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"{type.Name}: {(roles.Count == 0 ? "policies only" : string.Join(", ", roles))}");
        }

        Snapshot.Match(table.ToString(), "Rights");
    }

    [Theory]
    [MemberData(nameof(EveryCommand))]
    public async Task Who_may_not_send_it_is_told_so_and_nothing_is_done(string name)
    {
        var type = AllCommands.Single(type => type.Name == name);
        var allowed = type.GetCustomAttribute<ForAttribute>()!.Roles;
        foreach (var role in Enum.GetValues<StaffRole>())
            Assert.Equal(allowed.Contains(role), await Passes(type, new Actor(new StaffRef("anna", "Anna"), role)));
        Assert.True(await Passes(type, Actor.System));
        Assert.DoesNotContain(StaffRole.Auditor, allowed);
    }

    [Fact]
    public async Task A_command_that_names_nobody_is_nobodys()
    {
        foreach (var role in Enum.GetValues<StaffRole>())
            Assert.False(await Passes(typeof(Unclaimed), new Actor(new StaffRef("anna", "Anna"), role)));
    }

    [Fact]
    public async Task To_be_called_what_acts_by_itself_is_not_enough_to_be_it() =>
        Assert.False(await Passes(typeof(Unclaimed), new Actor(new StaffRef("system", "Somebody"), StaffRole.Operator)));

    [Theory]
    [MemberData(nameof(EveryCommand))]
    public void Every_command_has_one_handler(string name)
    {
        var handles = typeof(IRequestHandler<,>).MakeGenericType(AllCommands.Single(type => type.Name == name), typeof(CommandResult));
        Assert.Single(typeof(Command).Assembly.GetTypes(), type => !type.IsAbstract && type.IsAssignableTo(handles));
    }

    private static Task<bool> Passes(Type command, Actor actor) => (Task<bool>)typeof(RightsTests)
        .GetMethod(nameof(Ask), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(command).Invoke(null, [actor])!;

    private static async Task<bool> Ask<TCommand>(Actor actor)
        where TCommand : Command
    {
        var command = (TCommand)RuntimeHelpers.GetUninitializedObject(typeof(TCommand));
        typeof(Command).GetProperty(nameof(Command.Context))!.SetValue(
            command, new CommandContext(Guid.NewGuid(), actor, DateTimeOffset.UnixEpoch, "", "desk"));
        var done = new Done(0, Changed: false);
        var reached = false;
        var result = await new RoleCheck<TCommand>().Handle(command, CancellationToken.None, () =>
        {
            reached = true;
            return Task.FromResult<CommandResult>(done);
        });
        Assert.Equal(reached ? done : new NotAllowed(typeof(TCommand).Name, actor.Role), result);
        return reached;
    }

    private sealed record Unclaimed : Command;
}
