// Who owes a decision, on what, and by when. What is decided leaves the state; so does a person who owes nothing.
const prefix = '';

const owed = (state, id) => Object.keys(state).find(owner => id in state[owner].owes);

const ours = handle => (state, e) => {
    if (e.streamId.startsWith(`${prefix}escalation-`)) {
        handle(state, e.data);
    }
    return state;
};

fromAll().when({
    $init: () => ({}),
    EscalationRaised: ours((state, raised) => {
        const owner = state[raised.owner.id] || (state[raised.owner.id] = { owes: {} });
        owner.name = raised.owner.name;
        owner.owes[raised.escalationId] = {
            kind: raised.kind, client: raised.clientName, call: raised.callId, deadline: raised.deadline, accepted: false,
        };
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
            delete state[owner].owes[decided.escalationId];
            if (Object.keys(state[owner].owes).length === 0) {
                delete state[owner];
            }
        }
    }),
});
