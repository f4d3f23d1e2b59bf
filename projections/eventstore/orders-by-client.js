// Everything that happened to a client's orders, one after the other: browse.ordersOfClient-CLIENT links to it.
const prefix = '';

fromCategory(`${prefix}order`)
    .foreachStream()
    .when({
        $init: () => ({ client: null }),
        $any: (order, e) => {
            if (e.data && e.data.clientId) {
                order.client = e.data.clientId;
            }
            if (order.client) {
                linkTo(`browse.${prefix}ordersOfClient-${order.client}`, e);
            }
            return order;
        },
    });
