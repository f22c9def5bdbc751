// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import dev.heldby.eval.plant.CallSite;
import dev.heldby.eval.plant.Kind;
import dev.heldby.eval.plant.Order;

/** One defect to plant, and everything that chooses it. */
record Defect(CallSite site, Kind kind, double rate, long seed) {

    Order.Plant plant() {
        return new Order.Plant(site.id(), kind, rate, seed);
    }
}
