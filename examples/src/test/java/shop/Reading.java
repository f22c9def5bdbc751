// SPDX-License-Identifier: Apache-2.0
package shop;

import dev.heldby.slot.Slot;
import dev.heldby.slot.SlotCounter;
import dev.heldby.slot.SlotException;

public final class Reading {
    public static void main(String[] args) {
        // sample
        Slot owner = new Slot("catalog.index");
        Slot query = new Slot("query.index");
        Slot cursor = new Slot("cursor.index");

        SlotCounter users = new SlotCounter("users", owner); // 1, in catalog.index
        users.get(query);
        users.move(query, cursor); // still 2: the cursor holds what the query held
        System.out.print(users.dump());
        try {
            users.put(query);
        } catch (SlotException e) {
            System.out.println("refused");
        }
        // end
        users.put(cursor);
        users.put(owner);
        users.close();
    }
}
