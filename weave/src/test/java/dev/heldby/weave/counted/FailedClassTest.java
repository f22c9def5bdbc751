// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.weave.counted.CountedWeaver.Woven;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A class that cannot be woven, since one of its methods would become too long. */
class FailedClassTest {
    private static final String PROGRAM = """
            import dev.heldby.counted.*;
            public class Program {
                static void say(Object line) { dev.heldby.weave.counted.Said.say("" + line); }
                @Counted public static class Foo { public void close() { say("closed"); } }
                static class Long { Object held; static void all(Foo f) { Foo g; LINES } }
                public static void run() {
                    Long one = new Long();
                    one.held = new Foo();
                    say(one.held instanceof Foo);
                    { Foo mine = new Foo(); }
                    say("end");
                }
            }
            """;

    @Test
    void should_go_on_without_it_and_take_it_for_code_outside() throws Exception {
        Map<String, byte[]> classes =
                Source.compile("Program", PROGRAM.replace("LINES", "g = new Foo();".repeat(4000)));

        Woven woven = CountedWeaver.weave(classes, Map.of(), new ClassFiles(ClassLoader.getSystemClassLoader()));

        assertThat(woven.troubles())
                .singleElement()
                .asString()
                .startsWith("The class Program$Long could not be woven and is left as it was: ");
        assertThat(woven.counted()).containsExactly("Program$Foo");
        assertThat(woven.classes().get("Program$Long")).isSameAs(classes.get("Program$Long"));
        Said.lines();
        Source.loader(woven.classes()).loadClass("Program").getMethod("run").invoke(null);
        assertThat(Said.lines()).containsExactly("true", "closed", "end");
    }
}
