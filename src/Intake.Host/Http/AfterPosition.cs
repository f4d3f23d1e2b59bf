using System.Globalization;
using Intake.EventLog;
using Intake.Host.Hosting;
using Intake.Projections.Engine;

namespace Intake.Host.Http;

/// <summary>
/// A query may wait until the read models have reached a position (<c>?after=</c>), so that a person sees what he just did. It waits
/// two seconds at most and then answers with what there is. Also refuses texts in the address that no database can keep.
/// </summary>
public sealed class AfterPosition(ProjectionEngine engine) : IEndpointFilter
{
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(2);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        if (context.Arguments.OfType<string>().FirstOrDefault(text => !CleanText.IsClean(text)) is not null)
        {
            throw new InvalidRequestException("address", $"A text has at most {CleanText.Longest} characters, none of which is a control character.");
        }

        var http = context.HttpContext;
        if (http.Request.Query["after"] is [{ } text])
        {
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            {
                throw new InvalidRequestException("after", "A position is a number, as commands answer it.");
            }

            using var patience = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
            patience.CancelAfter(AtMost);
            try
            {
                foreach (var projection in IntakeServices.Projections)
                {
                    await engine.Watch.Reached(projection.Name, LogPosition.Of(position), patience.Token);
                }
            }
            catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
            {
                // Two seconds are over; what there is, is the answer.
            }
        }

        return await next(context);
    }
}
