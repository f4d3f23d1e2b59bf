// How often each rule said no, by the code that screens and interfaces know it by; a submission also by each gate that was open.
const prefix = '';

const count = (counts, what) => {
    counts[what] = (counts[what] || 0) + 1;
};

const coded = codeOf => (state, e) => {
    if (e.streamId.startsWith(prefix)) {
        state.refusals += 1;
        count(state.byReason, codeOf(e.data));
        (e.data.gates || []).forEach(open => count(state.byGate, open.gate));
    }
    return state;
};

fromAll().when({
    $init: () => ({ refusals: 0, byReason: {}, byGate: {} }),
    CommandRefused: coded(refused => refused.code),
    OrderRefused: coded(refused => refused.code),
    LineRefused: coded(refused => refused.code),
    CallAlreadyTaken: coded(() => 'call-already-taken'),
    AnotherCallInHand: coded(() => 'another-call-in-hand'),
    CallbackAlreadyLeased: coded(() => 'callback-leased'),
    CloseRefused: coded(() => 'call-not-registered'),
    SubmissionRefused: coded(() => 'gates-open'),
    SlotFull: coded(() => 'slot-full'),
    ClientsWithheld: coded(() => 'clients-withheld'),
    CreditRefused: coded(refused => refused.assessment.verdict === 'Overdue' ? 'debt-overdue' : 'debt-excess'),
});
