// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderServerTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void should_take_every_order_through_every_step_when_the_shop_closes(boolean fixed) throws Exception {
        OrderBook orders = new OrderBook(2_000);
        Ledger ledger;
        try (OrderServer server = new OrderServer(fixed);
                Customers customers = new Customers()) {
            ledger = server.ledger();
            customers.place(orders, server.address());
        }

        assertThat(orders.answered()).isEqualTo(2_000);
        assertThat(orders.outOfStock()).isEqualTo(2);
        assertThat(ledger.total("orders")).isEqualTo(2_000);
        assertThat(ledger.total("audit checksums")).isPositive();
        assertThat(ledger.total("suspicious orders")).isEqualTo(222);
        assertThat(ledger.total("points")).isEqualTo(ledger.total("pieces invoiced"));
        assertThat(ledger.total("tax")).isEqualTo(19 * ledger.total("points"));
        assertThat(ledger.total("forgotten orders")).isEqualTo(20);
    }
}
