// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.heldby.snapshot.ReleaseCall;
import dev.heldby.weave.rules.RuleBook;
import dev.heldby.weave.rules.RuleFiles;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCountUtil;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReleaseCallsTest {
    private static final String BUF = ByteBuf.class.getName().replace('.', '/');

    /** Gives back in several ways, and does other things that are called so. */
    static final class Program implements Closeable {
        private final ByteBuf kept = Unpooled.buffer();

        boolean read(ByteBuf in) {
            try {
                kept.writeBytes(in.retain());
                return in.release();
            } catch (IndexOutOfBoundsException e) {
                ReferenceCountUtil.release(in);
                return false;
            }
        }

        void release() {
            Runnable later = () -> kept.release(1);
            later.run();
        }

        @Override
        public void close() throws IOException {
            release();
        }

        void safely() {
            ReferenceCountUtil.safeRelease(kept);
        }

        int ask() {
            return ReferenceCountUtil.refCnt(kept);
        }
    }

    /** Holds one buffer, replaced when another comes. */
    static final class Holder {
        private ByteBuf held;

        void put(ByteBuf in, boolean more) {
            if (held == null) {
                held = in.retain();
                if (!more) {
                    return;
                }
                held.release();
            } else {
                held.release();
                held = in;
            }
        }

        void each(List<ByteBuf> all) {
            ByteBuf last = null;
            for (ByteBuf one : all) {
                if (last != null) {
                    last.release();
                }
                last = one.retain();
            }
        }

        void copy(ByteBuf in) {
            ByteBuf copy = in.retain();
            try {
                in.readByte();
            } catch (IndexOutOfBoundsException e) {
                copy.release();
            }
        }
    }

    private static List<ReleaseCall> calls() throws IOException {
        return calls(Map.of());
    }

    private static List<ReleaseCall> calls(Map<String, Set<String>> helpers) throws IOException {
        return calls("ReleaseCallsTest$Program.class", helpers);
    }

    private static List<ReleaseCall> calls(String file, Map<String, Set<String>> helpers) throws IOException {
        RuleBook book = new RuleBook(RuleFiles.builtIn());
        byte[] code = ReleaseCallsTest.class.getResourceAsStream(file).readAllBytes();
        return new ReleaseCalls(book, (owner, rule) -> rule.name().equals("netty") && owner.equals(BUF), helpers)
                .of(code);
    }

    @Test
    void should_find_what_gives_back_also_in_handlers_and_lambdas() throws IOException {
        List<ReleaseCall> calls = calls();

        int first = calls.get(0).line();
        assertThat(calls)
                .extracting(ReleaseCall::rule, ReleaseCall::method, call -> call.line() - first)
                .containsExactly(
                        tuple("netty", "read", 0),
                        tuple("netty", "read", 2),
                        tuple("netty", "safely", 18),
                        tuple("netty", "lambda$release$0", 8));
    }

    @Test
    void should_say_which_class_and_file_they_are_in() throws IOException {
        assertThat(calls()).allSatisfy(call -> {
            assertThat(call.className()).isEqualTo(Program.class.getName());
            assertThat(call.file()).isEqualTo("ReleaseCallsTest.java");
        });
    }

    @Test
    void should_find_helpers_of_the_library_by_names_like_a_puts_or_that_were_seen_to_give_back() throws IOException {
        assertThat(calls()).extracting(ReleaseCall::method).contains("safely").doesNotContain("ask");
        assertThat(calls(Map.of("netty", Set.of("refCnt"))))
                .extracting(ReleaseCall::method)
                .contains("ask");
    }

    /** How many lines before each release of the method a line stands that may run before it, negative if it stands below. */
    private static List<List<Integer>> linesBefore(String method) throws IOException {
        return calls("ReleaseCallsTest$Holder.class", Map.of()).stream()
                .filter(call -> call.method().equals(method))
                .map(call -> call.reachedFrom().stream()
                        .map(line -> call.line() - line)
                        .toList())
                .toList();
    }

    @Test
    void should_tell_from_which_lines_of_its_method_the_code_comes_to_a_release() throws IOException {
        assertThat(linesBefore("put").get(0)).containsExactly(5, 4, 3, 0);
        assertThat(linesBefore("put").get(1)).containsExactly(7, 0);
    }

    @Test
    void should_come_to_a_release_above_in_a_loop_and_in_a_handler() throws IOException {
        assertThat(linesBefore("each").get(0)).contains(-2);
        assertThat(linesBefore("copy").get(0)).contains(2, 4);
    }
}
