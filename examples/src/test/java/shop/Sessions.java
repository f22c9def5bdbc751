// SPDX-License-Identifier: Apache-2.0
package shop;

import dev.heldby.count.SaturatingCount;

public final class Sessions {
    public static void main(String[] args) {
        // sample
        SaturatingCount users = new SaturatingCount("session", 1); // its maker's
        users.increment();
        System.out.println("last: " + users.decrementAndTest());
        System.out.println("last: " + users.decrementAndTest());
        System.out.println("found again: " + users.incrementUnlessZero());
        System.out.println("last: " + users.decrementAndTest()); // one too many
        System.out.println("saturated: " + (users.get() == SaturatingCount.SATURATED));
        // end
    }
}
