// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;

/** A value comes from a collection, which may hold anything, or from a field that can hold nothing counted. */
class MergedValueTest {
    @Test
    void should_read_a_field_that_can_hold_nothing_where_another_value_could() throws Exception {
        Map<String, byte[]> classes = new HashMap<>();
        Source.compile("Program", """
                import dev.heldby.counted.*;
                import java.util.*;
                public class Program {
                    @Counted static class Foo { public void close() {} }
                    static final class Plain { long number = 7; }
                    Plain current = new Plain();
                    final Deque<Plain> all = new ArrayDeque<>();
                    long get() {
                        Plain plain = all.peek();
                        return (plain != null ? plain : current).number;
                    }
                    public static void run() { dev.heldby.weave.counted.Said.say("" + new Program().get()); }
                }
                """).forEach((name, file) -> classes.put(name, withoutDebug(file)));

        Map<String, byte[]> woven = CountedWeaver.weave(classes);

        Said.lines();
        Source.loader(woven).loadClass("Program").getMethod("run").invoke(null);
        assertThat(Said.lines()).containsExactly("7");
    }

    /** Without the table of variables the first value is held no longer than its variable is used. */
    private static byte[] withoutDebug(byte[] file) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(file).accept(writer, ClassReader.SKIP_DEBUG);
        return writer.toByteArray();
    }
}
