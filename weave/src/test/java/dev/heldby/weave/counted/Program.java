// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.util.CheckClassAdapter;

/**
 * A small program with a counted type {@code Foo}: compiled, woven, verified and run; what it said is the result. A {@code Foo}
 * says its name after a minus when it is destroyed.
 */
final class Program {
    private static final String HEAD = """
            import dev.heldby.counted.*;
            import java.util.*;
            import java.util.function.*;
            public class Program {
                static void say(Object line) { dev.heldby.weave.counted.Said.say("" + line); }
                static int count(Object o) { return CountedTypes.references(o); }
                @Counted public static class Foo {
                    final String name; Foo next; Object any;
                    Foo(String name) { this.name = name; }
                    Foo(String name, Foo next) { this(name); this.next = next; }
                    public void close() { say("-" + name); }
                    Foo self() { return this; }
                    @Override public String toString() { return name; }
                }
            """;

    private Program() {}

    /** Runs the program with those members, among them {@code public static void run()}. */
    static List<String> run(String members) throws Throwable {
        Said.lines();
        Map<String, byte[]> woven = CountedWeaver.weave(Source.compile("Program", HEAD + members + "\n}"));
        for (byte[] file : woven.values()) {
            StringWriter errors = new StringWriter();
            CheckClassAdapter.verify(new ClassReader(file), Source.loader(woven), false, new PrintWriter(errors));
            assertThat(errors.toString()).isEmpty();
        }
        Class<?> program = Source.loader(woven).loadClass("Program");
        try {
            program.getMethod("run").invoke(null);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        return Said.lines();
    }
}
