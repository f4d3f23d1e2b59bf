// Uses a server through EventStoreDB's own client and reports what came of it, as JSON.
// node report.mjs esdb://...
import { randomUUID } from "node:crypto";
import {
  BACKWARDS, END, EventStoreDBClient, NO_STREAM, START, StreamNotFoundError, WrongExpectedVersionError, excludeSystemEvents, jsonEvent,
} from "@eventstore/db-client";

const client = EventStoreDBClient.connectionString(process.argv[2]);
const stream = `official-${randomUUID()}`;
const event = (type) => jsonEvent({ type, data: { said: type, umlaut: "ä€𝄞" }, metadata: { by: "official" } });
const name = ({ event }) => `${event.revision} ${event.type}`;
const report = {};

const first = ["a", "b", "c"].map(event);
const appended = await client.appendToStream(stream, first, { expectedRevision: NO_STREAM });
report.appended = { success: appended.success, revision: Number(appended.nextExpectedRevision) };

const forwards = await all(client.readStream(stream, { fromRevision: START }));
report.forwards = forwards.map(name);
report.backwards = (await all(client.readStream(stream, { fromRevision: END, direction: BACKWARDS, maxCount: 2 }))).map(name);
report.data = forwards[0].event.data;
report.metadata = forwards[0].event.metadata;
report.ids = forwards.every(({ event }, index) => event.id === first[index].id);
report.created = Math.abs(Date.now() - forwards[0].event.created.getTime()) < 3_600_000;
report.answeredThePositionOfTheLast = appended.position.commit === forwards[2].event.position.commit;

report.conflict = await refusal(WrongExpectedVersionError,
  () => client.appendToStream(stream, [event("x")], { expectedRevision: 1n }),
  (error) => ({ expected: Number(error.expectedVersion), actual: Number(error.actualVersion) }));
report.missing = await refusal(StreamNotFoundError, () => all(client.readStream(`missing-${stream}`)), (error) => error.type);

const again = await client.appendToStream(stream, first, { expectedRevision: NO_STREAM });
report.again = { revision: Number(again.nextExpectedRevision), samePosition: again.position.commit === appended.position.commit };

const before = forwards[0].event.position;
report.wholeLog = (await all(client.readAll({ fromPosition: before, maxCount: 3 }))).map(name);
report.wholeLogBackwards = (await all(client.readAll({ fromPosition: END, direction: BACKWARDS, maxCount: 100 })))
  .filter(mine).map(name);

report.subscription = await subscribed();

// The client's own dispose cancels its calls, and now and then it reports that as an error of nobody's.
process.stdout.write(JSON.stringify(report), () => process.exit(0));

// From the start, so that what others wrote comes too; live events follow once it has caught up.
async function subscribed() {
  const seen = { confirmed: false, events: [], systemEvents: false, checkpoints: false, checkpointsAscend: true, caughtUpBeforeLive: false };
  let last = -1n;
  const filter = excludeSystemEvents({
    checkpointInterval: 1,
    maxSearchWindow: 1,
    checkpointReached: (_, position) => {
      seen.checkpoints = true;
      seen.checkpointsAscend &&= position.commit > last;
      last = position.commit;
    },
  });
  const subscription = client.subscribeToAll({ fromPosition: START, filter });
  let live = false;
  subscription.on("confirmation", () => (seen.confirmed = true));
  subscription.once("caughtUp", async () => {
    live = true;
    await client.appendToStream(stream, [event("d"), event("e")], { expectedRevision: 2n });
  });
  for await (const resolved of subscription) {
    seen.systemEvents ||= resolved.event.type.startsWith("$");
    if (!mine(resolved)) continue;
    if (resolved.event.type === "d") seen.caughtUpBeforeLive = live;
    seen.events.push(name(resolved));
    if (resolved.event.type === "e") break;
  }
  await subscription.unsubscribe();
  return seen;
}

function mine({ event }) {
  return event?.streamId === stream;
}

async function all(read) {
  const events = [];
  for await (const resolved of read) events.push(resolved);
  return events;
}

async function refusal(kind, attempt, tell) {
  try {
    await attempt();
    return "not refused";
  } catch (error) {
    if (error instanceof kind) return tell(error);
    throw error;
  }
}
