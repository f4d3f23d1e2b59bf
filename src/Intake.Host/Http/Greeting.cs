using Intake.Application.Staff;
using Intake.Contracts;
using Intake.EventLog.Serialisation;
using Intake.Host.Accounts;

namespace Intake.Host.Http;

/// <summary>What a desk is told of the person who is signed in at it.</summary>
public sealed class Greeting(Representation representation, OutsideSessions outside, TimeProvider clock)
{
    /// <summary>Who it is, for whom he stands in, to whom he reports, and what holds outside the office where he is there.</summary>
    public async Task<Me> Me(HttpContext http, Actor actor, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(actor);
        var represented = await representation.By(actor.Person, clock.GetUtcNow(), cancel);
        var superior = await representation.SuperiorOf(actor.Person, clock.GetUtcNow(), cancel);
        return new Me(
            actor.Person.Id, actor.Person.Name, Wire.Word(actor.Role),
            [.. represented.Select(absent => new Represented(absent.Person.Id, absent.Person.Name, Wire.Word(absent.Role)))],
            superior is null ? null : new Person(superior.Id, superior.Name), http.Outside() is { } stay ? outside.Tell(stay) : null);
    }
}
