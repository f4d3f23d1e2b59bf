using System.Globalization;
using Intake.Contracts;
using Answer = System.Threading.Tasks.Task<Intake.Desk.Api.Outcome<Intake.Contracts.CommandAnswer>>;

namespace Intake.Desk.Api;

/// <summary>The host's interface, as the desk uses it. A refusal is a value; nothing here throws for one.</summary>
/// <param name="onBehalfOf">The id of the absent person for whom its commands are sent; null where they are the sender's own.</param>
public sealed class IntakeApi(Transport transport, string? onBehalfOf = null)
{
    /// <summary>The same, for commands in the place of an absent person (A.I.6); by the sender's own right where it is null.</summary>
    public IntakeApi InPlaceOf(string? absentId) => absentId == onBehalfOf ? this : new IntakeApi(transport, absentId);

    public Task<Outcome<Me>> WhoAmI() => transport.Get<Me>("session");

    public Task<Outcome<Me>> SignIn(string user, string password) =>
        transport.Post<Me>("session", new SignIn(user, password));

    public Answer SignOut() => Delete("session");

    public Answer ExtendSession() => Post("session/extend");

    public Task<Outcome<IReadOnlyList<DeviceRow>>> Devices(long after = 0) =>
        transport.Look<IReadOnlyList<DeviceRow>>(After("devices", after));

    public Answer AdmitDevice(string staff, string device, string order, DateTimeOffset until) =>
        Post($"devices/{Safe(staff)}/{Safe(device)}/admit", new AdmitDevice(order, until));

    public Answer RefuseDevice(string staff, string device, string reason) => Post($"devices/{Safe(staff)}/{Safe(device)}/refuse", new Because(reason));

    public Answer WithdrawDevice(string staff, string device, string reason) =>
        Post($"devices/{Safe(staff)}/{Safe(device)}/withdraw", new Because(reason));

    public Answer ChangePresence(string presence, string? reason) => Post("presence", new ChangePresence(presence, reason));

    public Answer EndWrapUp(string staff, string reason) => Post($"staff/{Safe(staff)}/wrap-up/end", new Because(reason));

    public Task<Outcome<StaffList>> Everybody(long after = 0) => transport.Get<StaffList>(After("people", after));

    public Answer Appoint(string staff, AppointStaff appointment) => Post($"staff/{Safe(staff)}/appoint", appointment);

    public Answer Dismiss(string staff, DismissStaff dismissal) => Post($"staff/{Safe(staff)}/dismiss", dismissal);

    public Answer SetSkills(string staff, IReadOnlyList<string> queues) => Post($"staff/{Safe(staff)}/skills", new SetSkills(queues));

    public Task<Outcome<QueueCall>> Call(string id, long after = 0) => transport.Get<QueueCall>(After($"calls/{Safe(id)}", after));

    public Answer Take(string call) => Post($"calls/{Safe(call)}/take");

    public Answer Identify(string call, string client, string contact) =>
        Post($"calls/{Safe(call)}/identify", new IdentifyCaller(client, contact));

    public Answer StatePurpose(string call, string purpose, string? note) =>
        Post($"calls/{Safe(call)}/purpose", new StatePurpose(purpose, note));

    public Answer Route(string call) => Post($"calls/{Safe(call)}/route");

    public Answer AcceptTransfer(string call) => Post($"calls/{Safe(call)}/transfer/accept");

    public Answer DeclineTransfer(string call, string reason) => Post($"calls/{Safe(call)}/transfer/decline", new Because(reason));

    public Answer Close(string call, string result, string? note) => Post($"calls/{Safe(call)}/close", new CloseCall(result, note));

    public Answer RegisterAfterwards(string call, RegisterAfterwards report) => Post($"calls/{Safe(call)}/register", report);

    public Answer AskForHelp(string call, string words) => Post($"calls/{Safe(call)}/help", new AskForHelp(words));

    public Answer TakeHelpBack(string call) => Delete($"calls/{Safe(call)}/help");

    public Answer JoinToHelp(string call) => Post($"calls/{Safe(call)}/help/join");

    public Answer EndHelp(string call, string helper) => Delete($"calls/{Safe(call)}/help/{Safe(helper)}");

    public Answer LeaseCallback(string callback) => Post($"callbacks/{Safe(callback)}/lease");

    public Answer GiveCallbackBack(string callback) => Delete($"callbacks/{Safe(callback)}/lease");

    public Answer RecordAttempt(string callback, RecordAttempt attempt) => Post($"callbacks/{Safe(callback)}/attempts", attempt);

    public Answer SettleCallback(string callback, string call, string? order) =>
        Post($"callbacks/{Safe(callback)}/settle", new SettleCallback(call, order));

    public Answer ReassignCallback(string callback, string to, string reason) =>
        Post($"callbacks/{Safe(callback)}/reassign", new ReassignCallback(to, reason));

    public Answer PromiseCallback(string call, PromiseCallback promise) => Post($"calls/{Safe(call)}/callback", promise);

    public Answer LeaveQueue(string call) => Post($"calls/{Safe(call)}/leave-queue");

    public Task<Outcome<IReadOnlyList<ClientFound>>> FindClients(string query, CancellationToken cancel = default) =>
        transport.Get<IReadOnlyList<ClientFound>>($"clients?query={Safe(query)}", cancel);

    public Task<Outcome<ClientCard>> Client(string id, long after = 0) =>
        transport.Get<ClientCard>(After($"clients/{Safe(id)}", after));

    public Answer Register(RegisterClient client) => Post("clients", client);

    public Answer Classify(string client, string type, string reason) =>
        Post($"clients/{Safe(client)}/classify", new ClassifyClient(type, reason));

    public Answer AssignManager(string client, string staff, string reason) =>
        Post($"clients/{Safe(client)}/manager", new AssignManager(staff, reason));

    public Answer SignContract(string client, SignContract contract) => Post($"clients/{Safe(client)}/contract", contract);

    public Answer SetCreditTerms(string client, SetCreditTerms terms) => Post($"clients/{Safe(client)}/credit-terms", terms);

    public Answer OpenOrder(string order, string call) => Post("orders", new OpenOrder(order, call));

    public Task<Outcome<OrderPad>> Order(string id) => transport.Get<OrderPad>($"orders/{Safe(id)}");

    public Answer AddLine(string order, string product, decimal quantity) =>
        Post($"orders/{Safe(order)}/lines", new AddLine(product, quantity));

    public Answer ChangeLine(string order, int line, decimal quantity) =>
        transport.Command(HttpMethod.Put, Line(order, line), new ChangeLine(quantity), onBehalfOf);

    public Answer RemoveLine(string order, int line) => Delete(Line(order, line));

    public Answer BuildOffers(string order) => Post($"orders/{Safe(order)}/offers");

    public Answer AcceptOffer(string order, string offer, decimal quantity) =>
        Post($"orders/{Safe(order)}/offers/{Safe(offer)}/accept", new AcceptOffer(quantity));

    public Answer DeclineOffer(string order, string offer, string reason) =>
        Post($"orders/{Safe(order)}/offers/{Safe(offer)}/decline", new Because(reason));

    public Answer PostponeOffer(string order, string offer, DateOnly until) =>
        Post($"orders/{Safe(order)}/offers/{Safe(offer)}/postpone", new PostponeOffer(until));

    public Answer AgreeDelivery(string order, Delivery delivery) => Post($"orders/{Safe(order)}/delivery", delivery);

    public Answer NameReceiver(string order, NamedReceiver receiver) => Post($"orders/{Safe(order)}/receiver", receiver);

    public Answer AgreeRegionalTerms(string order, RegionalTerms terms) => Post($"orders/{Safe(order)}/regional", terms);

    public Answer ReadBack(string order) => Post($"orders/{Safe(order)}/read-back");

    public Answer Submit(string order) => Post($"orders/{Safe(order)}/submit");

    public Answer RequestConsult(string order, string question) => Post($"orders/{Safe(order)}/consult", new RequestConsult(question));

    public Answer DecideConsult(string order, string escalation, bool approved, string answer) =>
        Post($"orders/{Safe(order)}/consult/{Safe(escalation)}/decide", new DecideConsult(approved, answer));

    public Answer OrderCoverage(OrderCoverage coverage) => Post("absences", coverage);

    public Answer EndCoverage(string absent, string coverage, string reason) =>
        Post($"absences/{Safe(absent)}/{Safe(coverage)}/end", new Because(reason));

    public Answer GiveOrder(string order, string helper) => Post($"orders/{Safe(order)}/give", new PassOrderOn(helper));

    public Answer AssignOrder(string order, string to, string reason) => Post($"orders/{Safe(order)}/assign", new PassOrderOn(to, reason));

    public Answer Cancel(string order, string reason) => Post($"orders/{Safe(order)}/cancel", new Because(reason));

    public Task<Outcome<IReadOnlyList<ProductFound>>> FindProducts(string query, string client, CancellationToken cancel = default) =>
        transport.Get<IReadOnlyList<ProductFound>>($"products?query={Safe(query)}&clientId={Safe(client)}&take=8", cancel);

    public Task<Outcome<IReadOnlyList<FreeSlot>>> FreeSlots(string client) =>
        transport.Get<IReadOnlyList<FreeSlot>>($"delivery/slots?clientId={Safe(client)}");

    public Task<Outcome<IReadOnlyList<HistoryEvent>>> History(string stream) =>
        transport.Get<IReadOnlyList<HistoryEvent>>($"history/{Safe(stream)}");

    public Task<Outcome<AttendanceDay>> Attendance(DateOnly? day) => transport.Get<AttendanceDay>(
        day is { } one ? string.Create(CultureInfo.InvariantCulture, $"attendance?day={one:yyyy-MM-dd}") : "attendance");

    public Task<Outcome<AttendanceDay>> MyShifts() => transport.Get<AttendanceDay>("attendance/mine");

    public Answer PlanShift(PlanShift shift) => Post("roster", shift);

    public Answer MoveShift(string staff, string shift, MoveShift to) => Post($"roster/{Safe(staff)}/{Safe(shift)}/move", to);

    public Answer CancelShift(string staff, string shift, CancelShift cancel) => Post($"roster/{Safe(staff)}/{Safe(shift)}/cancel", cancel);

    public Task<Outcome<PeopleFigures>> PeopleToday() => transport.Look<PeopleFigures>("figures/people");

    public Task<Outcome<PeopleFigures>> MyDay() => transport.Get<PeopleFigures>("figures/mine");

    public Task<Outcome<CompletenessReport>> Completeness(DateOnly? day, string kind, long after = 0) => transport.Get<CompletenessReport>(
        string.Create(
            CultureInfo.InvariantCulture,
            $"completeness?take=500{(day is { } one ? $"&day={one:yyyy-MM-dd}" : "")}{(kind.Length > 0 ? $"&kind={Safe(kind)}" : "")}{(after > 0 ? $"&after={after}" : "")}"));

    private static string Line(string order, int line) =>
        string.Create(CultureInfo.InvariantCulture, $"orders/{Safe(order)}/lines/{line}");

    private static string After(string path, long after) =>
        after > 0 ? string.Create(CultureInfo.InvariantCulture, $"{path}?after={after}") : path;

    private static string Safe(string part) => Uri.EscapeDataString(part);

    private Answer Post(string path, object? body = null) => transport.Command(HttpMethod.Post, path, body, onBehalfOf);

    private Answer Delete(string path) => transport.Command(HttpMethod.Delete, path, null, onBehalfOf);
}
