// Who owes a decision, on what, and by when. What is decided leaves the state; so does a person who owes nothing.
const prefix = '';

const owed = (state, id) => Object.keys(state).find(owner => id in state[owner].owes);

const release = (state, owner, id) => {
    delete state[owner].owes[id];
    if (Object.keys(state[owner].owes).length === 0) {
        delete state[owner];
    }
};

const owes = (state, person, id, what) => {
    const owner = state[person.id] || (state[person.id] = { owes: {} });
    owner.name = person.name;
    owner.owes[id] = what;
};

const ours = handle => (state, e) => {
    if (e.streamId.startsWith(`${prefix}escalation-`)) {
        handle(state, e.data);
    }
    return state;
};

fromAll().when({
    $init: () => ({}),
    EscalationRaised: ours((state, raised) => {
        owes(state, raised.owner, raised.escalationId, {
            kind: raised.kind, client: raised.clientName, call: raised.callId, deadline: raised.deadline, accepted: false,
        });
    }),
    EscalationReassigned: ours((state, reassigned) => {
        const owner = owed(state, reassigned.escalationId);
        if (owner) {
            const what = state[owner].owes[reassigned.escalationId];
            release(state, owner, reassigned.escalationId);
            what.accepted = false;
            owes(state, reassigned.to, reassigned.escalationId, what);
        }
    }),
    EscalationAccepted: ours((state, accepted) => {
        const owner = owed(state, accepted.escalationId);
        if (owner) {
            state[owner].owes[accepted.escalationId].accepted = true;
        }
    }),
    EscalationDecided: ours((state, decided) => {
        const owner = owed(state, decided.escalationId);
        if (owner) {
            release(state, owner, decided.escalationId);
        }
    }),
});
