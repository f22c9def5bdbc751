// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OperationsTest {
    private static final String HEAD = """
            @dev.heldby.counted.Counted class Handle { int number; void close() { } }
            class Holder { final Handle last; Handle now; Holder(Handle h) { last = h; } }
            """;

    /** What its constructor takes. */
    private static final int BY_THE_HOLDER = 1;

    private static int taken(String body) {
        String source = HEAD + "class Program { static int run(Handle given, Holder holder) { " + body + " } }";
        CountedWeaver.Woven woven = CountedWeaver.weave(
                Source.compile("Program", source), Map.of(), new ClassFiles(ClassLoader.getSystemClassLoader()));
        return woven.operations().taken() - BY_THE_HOLDER;
    }

    @Test
    void should_take_nothing_for_what_something_else_holds_as_long() {
        assertThat(taken("Handle name = given; return name.number;")).isZero();
        assertThat(taken("Handle one = new Handle(); Handle two = one; return two.number;"))
                .isZero();
        assertThat(taken("Holder own = new Holder(given); Handle name = own.last; return name.number;"))
                .isZero();
        assertThat(taken("return holder.last.number;")).isZero();
    }

    @Test
    void should_take_a_reference_where_the_other_may_end_before() {
        assertThat(taken("Handle one = new Handle(); Handle two = one; one = null; return two.number;"))
                .isOne();
        assertThat(taken("Handle name = holder.now; return name.number;")).isOne();
        assertThat(taken("holder.now = given; return 0;")).isOne();
        assertThat(taken("Holder own = new Holder(given); Handle name = own.last; own = null; return name.number;"))
                .isOne();
    }

    @Test
    void should_hand_over_what_is_not_used_again() {
        assertThat(taken("Handle one = new Handle(); holder.now = one; return 0;"))
                .isOne();
        assertThat(taken("holder.now = new Handle(); return 0;")).isZero();
    }
}
