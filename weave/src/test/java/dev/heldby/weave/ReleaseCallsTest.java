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

    private static List<ReleaseCall> calls() throws IOException {
        return calls(Map.of());
    }

    private static List<ReleaseCall> calls(Map<String, Set<String>> helpers) throws IOException {
        RuleBook book = new RuleBook(RuleFiles.builtIn());
        byte[] code = Program.class
                .getResourceAsStream("ReleaseCallsTest$Program.class")
                .readAllBytes();
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
}
