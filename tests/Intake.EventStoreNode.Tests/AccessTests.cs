using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using static Intake.Testing.EventStoreDb.Tests.Conversation;

namespace Intake.Testing.EventStoreDb.Tests;

/// <summary>Who may do what, and TLS. What is said was seen at a real cluster with TLS and users.</summary>
public sealed class AccessTests
{
    private static readonly NodeUser Admin = new("admin", "changeit", NodeRights.All);
    private static readonly NodeUser Ops = new("ops", "changeit", NodeRights.Streams);

    [Fact]
    public async Task Users()
    {
        await using var node = await EventStoreNode.Started(new() { Users = [Admin, Ops] });
        foreach (var (who, headers) in new (string, (string, string)[])[]
        {
            ("nobody", []), ("wrong", [As(Admin with { Password = "x" })]), ("ops", [As(Ops)]), ("admin", [As(Admin)]),
        })
        {
            await using var talk = With(node, headers);
            await talk.Append("append", NoStream, Event("a"));
            await talk.ReadStream("stream", o => o.Stream.Start = new());
            await talk.ReadAll("all", o => { Only(o, talk.Stream); o.All.Start = new(); });
            talk.Said(who switch
            {
                "nobody" => """
                    append: PermissionDenied AccessDenied { }
                    stream: PermissionDenied: Access Denied [exception=access-denied]
                    all: PermissionDenied: Access Denied [exception=access-denied]
                    """,
                "wrong" => """
                    append: Unauthenticated: Unauthenticated
                    stream: Unauthenticated: Unauthenticated
                    all: Unauthenticated: Unauthenticated
                    """,
                "ops" => """
                    append: revision 0 at a
                    stream: 0 a | last 0
                    all: PermissionDenied: Access Denied [exception=access-denied]
                    """,
                _ => """
                    append: revision 0 at a
                    stream: 0 a | last 0
                    all: 0 a
                    """,
            });
        }
    }

    [Fact]
    public async Task Tls()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=eventstoredb-node", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await using var node = await EventStoreNode.Started(new() { Certificate = certificate });
        await using var talk = With(node);
        await talk.Append("append", NoStream, Event("a"));
        talk.Said("append: revision 0 at a");
        Assert.StartsWith("esdb://ops:changeit@127.0.0.1:", node.ConnectionStringOf(Ops), StringComparison.Ordinal);
    }

    private static (string, string) As(NodeUser user) =>
        ("authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user.Name}:{user.Password}"))}");
}
