// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Counted types that no annotation marks. */
class MarkedTypesTest {
    private static final String PROGRAM = """
            public class Library {
                static void say(String line) { dev.heldby.weave.counted.Said.say(line); }
                public static class Handle { public void free() { say("freed"); } }
                public static class Sub extends Handle { public void free() { super.free(); say("sub"); } }
                public static void run() { { Handle a = new Handle(); } say("between"); { Object b = new Sub(); } say("end"); }
            }
            """;
    private static final ClassFiles OUTSIDE = new ClassFiles(ClassLoader.getSystemClassLoader());

    @Test
    void should_destroy_objects_of_marked_classes_and_of_those_below() throws Exception {
        Map<String, byte[]> woven = CountedWeaver.weave(
                        Source.compile("Library", PROGRAM), Map.of("Library$Handle", "free"), OUTSIDE)
                .classes();

        assertThat(said(woven)).containsExactly("freed", "between", "freed", "sub", "end");
    }

    @Test
    void should_change_no_class_when_none_is_marked() throws Exception {
        Map<String, byte[]> classes = Source.compile("Library", PROGRAM);

        Map<String, byte[]> woven =
                CountedWeaver.weave(classes, Map.of("Other", "free"), OUTSIDE).classes();

        assertThat(woven).containsExactlyInAnyOrderEntriesOf(classes);
        assertThat(said(woven)).containsExactly("between", "end");
    }

    private static List<String> said(Map<String, byte[]> woven) throws Exception {
        Said.lines();
        Source.loader(woven).loadClass("Library").getMethod("run").invoke(null);
        return Said.lines();
    }
}
