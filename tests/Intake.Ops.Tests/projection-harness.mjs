// Runs one of EventStoreDB's server-side projections over events, as far as ours need it, and prints what came of it.
//   node projection-harness.mjs SCRIPT [PREFIX] < events.json      events: [{ stream, revision, type, data }, ...]
//   > { "links": [{ "stream", "target" }, ...], "states": { "PARTITION": {...} } }
// The script sees what the server gives it and nothing else. emit and outputState are not given: what they write has types of its
// own, which the log's reader would take for events.
import { readFileSync } from 'node:fs';
import vm from 'node:vm';

const [path, prefix = ''] = process.argv.slice(2);
const marked = "const prefix = '';";
const source = readFileSync(path, 'utf8');
if (source.split(marked).length !== 2) {
    throw new Error(`${path} has not once the line ${marked}`);
}

let [category, byStream, partitionOf, handlers] = [null, false, null, null];
const selection = { when, foreachStream, partitionBy };
const links = [];
const states = {};

function fromAll() {
    return selection;
}

function fromCategory(name) {
    category = name;
    return selection;
}

function foreachStream() {
    byStream = true;
    return { when };
}

function partitionBy(partition) {
    partitionOf = partition;
    return { when };
}

function when(given) {
    handlers = given;
    return {};
}

const world = vm.createContext({ fromAll, fromCategory });
vm.runInContext(source.replace(marked, `const prefix = '${prefix}';`), world, { filename: path });
delete world.fromAll;
delete world.fromCategory;
world.linkTo = (stream, e) => links.push({ stream, target: `${e.sequenceNumber}@${e.streamId}` });

for (const { stream, revision, type, data } of JSON.parse(readFileSync(0, 'utf8'))) {
    const handle = Object.hasOwn(handlers, type) ? handlers[type] : handlers.$any;
    if (!handle || (category !== null && stream.split('-')[0] !== category)) {
        continue;
    }

    const e = { streamId: stream, sequenceNumber: revision, eventType: type, data, body: data, isJson: true };
    const partition = byStream ? stream : partitionOf ? partitionOf(e) : '';
    const before = states[partition] ?? (handlers.$init ? handlers.$init() : {});
    const after = handle(before, e);

    // The server keeps a state as JSON, and reads it from there.
    states[partition] = JSON.parse(JSON.stringify(after === undefined ? before : after));
}

console.log(JSON.stringify({ links, states }));
