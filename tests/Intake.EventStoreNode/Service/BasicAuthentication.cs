using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Intake.Testing.EventStoreDb;

/// <summary>Finds out who calls. Without credentials a caller is anonymous; with wrong ones the call is refused.</summary>
internal static class BasicAuthentication
{
    public static Task Authenticate(EventStoreNode node, HttpContext context, RequestDelegate next)
    {
        if (node.Options.Users.Count == 0 || context.Request.Headers.Authorization is not [{ } header]) return next(context);
        if (UserOf(node, header) is not { } user)
        {
            context.Response.ContentType = "application/grpc";
            context.Response.Headers.GrpcStatus = "16";
            context.Response.Headers.GrpcMessage = "Unauthenticated";
            return context.Response.CompleteAsync();
        }
        context.Features.Set(user);
        return next(context);
    }

    private static NodeUser? UserOf(EventStoreNode node, string header)
    {
        if (!AuthenticationHeaderValue.TryParse(header, out var value) || value.Scheme != "Basic" || value.Parameter is null) return null;
        var bytes = new byte[value.Parameter.Length];
        if (!Convert.TryFromBase64String(value.Parameter, bytes, out var length)) return null;
        var parts = Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2);
        return parts is [var name, var password] ? node.Options.Users.FirstOrDefault(user => user.Name == name && user.Password == password) : null;
    }
}
