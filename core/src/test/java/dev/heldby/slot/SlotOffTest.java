// SPDX-License-Identifier: Apache-2.0
package dev.heldby.slot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.library.ChildJvm;
import org.junit.jupiter.api.Test;

class SlotOffTest {

    @Test
    void should_only_count_when_off() throws Exception {
        assertThat(ChildJvm.run(Program.class, "-Dheldby.level=off")).isEqualTo("""
                        true true 3 UNUSED []
                        users = 3
                        users list: not recorded, the level is off
                        true false true false 0
                        """);
    }

    @Test
    void should_throw_unless_told_to_log() throws Exception {
        assertThat(ChildJvm.run(Wrong.class)).endsWith("users@1: trying to put slot a which holds nothing\n");
        assertThat(ChildJvm.run(Wrong.class, "-Dheldby.slot.errors=log"))
                .contains("users@1: trying to put slot a which holds nothing\n")
                .endsWith("refused\n");
        assertThat(ChildJvm.run(Wrong.class, "-Dheldby.slot.errors=ignore"))
                .contains(
                        "The property heldby.slot.errors is \"ignore\"; it can be throw or log. It is taken for throw.")
                .endsWith("users@1: trying to put slot a which holds nothing\n");
    }

    /** Runs in a JVM of its own. */
    static final class Program {
        public static void main(String[] args) {
            Slot slot = new Slot("a");
            SlotCounter users = new SlotCounter("users", slot);
            System.out.println(users.get(slot) + " " + users.getUnlessZero(slot) + " " + users.value() + " "
                    + slot.state() + " " + users.slots());
            System.out.print(users.dump());
            System.out.println(users.move(slot, slot) + " " + (users.put(slot) || users.put(null)) + " "
                    + users.put(slot) + " " + users.getUnlessZero(slot) + " " + users.value());
            users.close();
        }
    }

    /** Runs in a JVM of its own. */
    static final class Wrong {
        public static void main(String[] args) {
            SlotCounter users = new SlotCounter("users");
            try {
                users.put(new Slot("a"));
                System.out.println("refused");
            } catch (SlotException e) {
                System.out.println(e.getMessage().lines().findFirst().orElseThrow());
            }
        }
    }
}
