// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.weave.counted.CountedWeaver.Woven;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Programs often name classes that are not there, and never load what needs them. */
class MissingClassTest {
    @Test
    void should_weave_what_does_not_need_the_class_that_is_not_there() throws Exception {
        Map<String, byte[]> classes = Source.compile("Program", """
                import dev.heldby.counted.*;
                public class Program {
                    @Counted public static class Foo { public void close() { dev.heldby.weave.counted.Said.say("closed"); } }
                    static class Missing { Object held; void keep(Object o) {} static Foo make(Foo foo) { return foo; } }
                    interface Absent { void call(Foo foo); }
                    @Counted static class Sub extends Missing implements Absent {
                        Foo foo;
                        public void call(Foo foo) { this.foo = foo; keep(foo); held = make(foo); Absent a = this; a.call(foo); }
                        public void close() {}
                    }
                    public static void run() { { Foo foo = new Foo(); } dev.heldby.weave.counted.Said.say("end"); }
                }
                """);
        classes.keySet().removeAll(java.util.List.of("Program$Missing", "Program$Absent"));

        Woven woven = CountedWeaver.weave(classes, Map.of(), new ClassFiles(ClassLoader.getPlatformClassLoader()));

        assertThat(woven.troubles()).isEmpty();
        Said.lines();
        Source.loader(woven.classes()).loadClass("Program").getMethod("run").invoke(null);
        assertThat(Said.lines()).containsExactly("closed", "end");
    }
}
