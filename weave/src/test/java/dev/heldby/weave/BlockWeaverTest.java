// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.Level;
import dev.heldby.weave.targets.Allocator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockWeaverTest {
    private static final String NAME = "dev.heldby.weave.BlockWeaverTest$";

    @BeforeEach
    void clear() {
        ProbeLog.clear();
    }

    @Test
    void should_leave_the_class_alone_when_the_rule_is_off() throws Exception {
        Weaving off = Weaving.by(Allocator.RULES, Weaving.LOG, Level.OFF);

        assertThat(off.weave(Weaving.bytes(Allocator.class), true)).isEmpty();
    }

    @Test
    void should_add_no_field_since_a_block_has_no_object() throws Exception {
        Weaving weaving = Weaving.by(Allocator.RULES);

        assertThat(weaving.weave(Weaving.bytes(Allocator.class), true)
                        .orElseThrow()
                        .hasField())
                .isFalse();
        assertThat(weaving.probes)
                .contains("dev.heldby.weave.targets.Allocator.adopt: alloc (" + source(weaving) + " line 6)");
    }

    private static String source(Weaving weaving) {
        return weaving.probes.get(0).replaceFirst(".*\\((.*) line .*", "$1");
    }

    /** One method for each thing that a rule may get wrong. */
    @SuppressWarnings("unused")
    abstract static class Misfits {
        int size;
        static long shared;

        Misfits(long number) {}

        static void make(int number, String text) {}

        native long malloc(long size);

        abstract long virtual();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            alloc make                             | its result is no long
            alloc make of argument 1               | argument 1 is no long
            alloc make of argument 3               | it has no argument 3
            alloc make of field size               | a static method has no receiver
            alloc <init> of argument 1 size argument 2 | it has no argument 2
            alloc <init> of field size             | its class has no long field size
            alloc <init> of field shared           | its class has no long field shared
            alloc <init> of field none             | its class has no long field none
            free <init> of argument 1              | a constructor frees nothing
            free make of argument 2                | argument 2 is no long
            alloc malloc size argument 1           | it is native; name a method that calls it, with "of field NAME" if the address is kept in one
            """)
    void should_leave_the_probe_out_and_say_why_when_the_rule_does_not_fit(String operation, String reason)
            throws Exception {
        Weaving weaving = Weaving.by("rule test\nblocks " + NAME + "Misfits\n" + operation + "\n");
        weaving.weave(Weaving.bytes(Misfits.class), true);

        assertThat(weaving.probes).isEmpty();
        assertThat(weaving.troubles).hasSize(1);
        assertThat(weaving.troubles.get(0))
                .matches(".*\\.rules line 3 does not fit " + NAME.replace("$", "\\$") + "Misfits\\.\\S+: .*")
                .endsWith(": " + reason + ".");
    }

    /** A counted object that is a block at the same time; both rules weave the same methods. */
    public static class Both {
        private final long address;
        private int count = 1;

        Both(long address) {
            this.address = address;
        }

        void release(int references) {
            for (int i = 0; i < references; i++) {
                if (--count < 0) {
                    throw new IllegalStateException("no reference is left");
                }
            }
        }

        public static void run() {
            Both both = new Both(16);
            ProbeLog.expect("born", "allocated 16 size 5");
            both.release(1);
            ProbeLog.expect("freed 16", "put 1");
            try {
                both.release(1);
            } catch (IllegalStateException e) {
                ProbeLog.expect("freed 16", "put 1", "refused put", "unfreed 16 size 160");
                return;
            }
            throw new AssertionError("nothing was thrown");
        }
    }

    /** Two rules, the second of which is about blocks only as the first is. */
    public static class Numbered {
        static long take(long address) {
            return address;
        }

        static void giveBack(long address) {
            throw new IllegalArgumentException("not ours");
        }

        public static void run() {
            try {
                giveBack(take(16));
            } catch (IllegalArgumentException e) {
                ProbeLog.expect("allocated 16 size 1 by rule 1", "freed 16", "unfreed 16 size 160 by rule 1");
            }
        }
    }

    @Test
    void should_tell_by_which_of_the_rules_about_blocks_a_block_came() throws Exception {
        Weaving weaving = Weaving.by("rule first\nblocks a.B\nalloc make\nrule none\nrule test\nblocks " + NAME
                + "Numbered\nalloc take\nfree giveBack of argument 1\n");
        Class<?> woven = weaving.new Loader(Numbered.class.getName(), true).loadClass(Numbered.class.getName());
        woven.getMethod("run").invoke(null);

        assertThat(weaving.troubles).isEmpty();
    }

    @Test
    void should_run_the_probes_of_both_when_a_method_counts_and_allocates() throws Exception {
        Weaving weaving = Weaving.by("rule test\ntype " + NAME + "Both\nborn <init>\nput release\nblocks " + NAME
                + "Both\nalloc <init> of argument 1 size 5\nfree release of field address\n");
        Class<?> woven = weaving.new Loader(Both.class.getName(), true).loadClass(Both.class.getName());
        woven.getMethod("run").invoke(null);

        assertThat(weaving.troubles).isEmpty();
    }
}
