// Calls by the day in UTC on which each thing happened: how many arrived, were taken, were given up by the caller, were registered.
const prefix = '';

const onItsDay = what => (days, e) => {
    if (e.streamId.startsWith(`${prefix}call-`)) {
        const day = new Date(e.data.at).toISOString().slice(0, 10);
        const calls = days[day] || (days[day] = { arrived: 0, taken: 0, abandoned: 0, closed: 0 });
        calls[what] += 1;
    }
    return days;
};

fromAll().when({
    $init: () => ({}),
    CallArrived: onItsDay('arrived'),
    CallClaimed: onItsDay('taken'),
    CallAbandoned: onItsDay('abandoned'),
    CallClosed: onItsDay('closed'),
    CallRegisteredAfterwards: onItsDay('closed'),
});
