// SPDX-License-Identifier: Apache-2.0
package dev.heldby.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Views of interfaces that HeldBy's own class loader does not know, as with the agent. */
@Timeout(120)
class ViewLoadersTest {
    private static final int LONGS = 127;

    @TempDir
    private Path folder;

    private final Checked checked = Checked.fully();

    private void compile(String name, String source) throws IOException {
        Path file = Files.writeString(folder.resolve(name + ".java"), "package toys; " + source);
        int errors = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-d",
                        folder.toString(),
                        "-cp",
                        folder + File.pathSeparator + System.getProperty("java.class.path"),
                        file.toString());
        assertThat(errors).isZero();
    }

    @BeforeEach
    void compileToys() throws IOException {
        String parameters =
                IntStream.range(0, LONGS).mapToObj(i -> "long a" + i).collect(Collectors.joining(", "));
        compile("Wide", "public interface Wide { long last(" + parameters + "); int first(int a); }");
        String arguments = IntStream.range(0, LONGS).mapToObj(i -> i + "L").collect(Collectors.joining(", "));
        compile(
                "Toy",
                "public class Toy implements Wide, java.util.concurrent.Callable<Object>,"
                        + " java.util.function.UnaryOperator<Wide> {"
                        + "  public long last(" + parameters + ") { return a" + (LONGS - 1) + "; }"
                        + "  public int first(int a) { return a; }"
                        + "  public Object call() { return this; }"
                        + "  public Wide apply(Wide view) { view.last(" + arguments + "); return view; }"
                        + "  public static java.lang.invoke.MethodHandles.Lookup lookup() {"
                        + "    return java.lang.invoke.MethodHandles.lookup(); } }");
    }

    private URLClassLoader loader(ClassLoader parent) throws IOException {
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, parent);
    }

    private static Object toy(ClassLoader loader) throws ReflectiveOperationException {
        return loader.loadClass("toys.Toy").getConstructor().newInstance();
    }

    private static Object last(Class<?> wide, Object view) throws ReflectiveOperationException {
        Class<?>[] types = IntStream.range(0, LONGS).mapToObj(i -> long.class).toArray(Class<?>[]::new);
        Object[] values = IntStream.range(0, LONGS).mapToObj(i -> (long) i).toArray();
        return wide.getMethod("last", types).invoke(view, values);
    }

    @Test
    void should_view_an_interface_of_a_loader_below_with_as_many_slots_as_a_method_can_have() throws Exception {
        try (URLClassLoader loader = loader(getClass().getClassLoader())) {
            Class<?> wide = loader.loadClass("toys.Wide");
            Object view = checked.handle(toy(loader)).view(wide);

            assertThat(last(wide, view)).isEqualTo(LONGS - 1L);
            assertThat(wide.getMethod("first", int.class).invoke(view, 7)).isEqualTo(7);
            assertThat(view.getClass().getClassLoader().getParent()).isSameAs(loader);
            assertThat(checked.handle(toy(loader)).view(wide)).hasSameClassAs(view);
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void should_begin_stacks_with_the_caller_when_such_a_view_refuses() throws Exception {
        try (URLClassLoader loader = loader(getClass().getClassLoader())) {
            Handle<Object> handle = checked.handle(toy(loader));
            Object view = handle.view(loader.loadClass("toys.Wide"));
            handle.close();
            var caller = (UnaryOperator<Object>) toy(loader);

            assertThatThrownBy(() -> caller.apply(view))
                    .isInstanceOf(LapsedHandleException.class)
                    .satisfies(refused -> assertThat(refused.getStackTrace()[0].getClassName())
                            .isEqualTo("toys.Toy"));
        }
    }

    @Test
    void should_view_it_beside_a_class_when_its_lookup_is_given() throws Exception {
        try (URLClassLoader loader = loader(getClass().getClassLoader())) {
            Class<?> wide = loader.loadClass("toys.Wide");
            var lookup = (MethodHandles.Lookup)
                    loader.loadClass("toys.Toy").getMethod("lookup").invoke(null);
            Object view = checked.handle(toy(loader)).view(wide, lookup);

            assertThat(last(wide, view)).isEqualTo(LONGS - 1L);
            assertThat(view.getClass().getPackageName()).isEqualTo("toys");
        }
    }

    @Test
    void should_say_what_to_pass_when_the_loaders_do_not_know_each_other() throws Exception {
        try (URLClassLoader loader = loader(null)) {
            Class<?> wide = loader.loadClass("toys.Wide");
            Handle<Object> handle = checked.handle(toy(loader));
            var lookup = (MethodHandles.Lookup)
                    loader.loadClass("toys.Toy").getMethod("lookup").invoke(null);

            assertThatThrownBy(() -> handle.view(wide))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The class loaders of toys.Wide and of HeldBy do not know each other; call view with a"
                            + " MethodHandles.lookup() of a class that sees both as its second argument.");
            assertThatThrownBy(() -> handle.view(wide, lookup))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "The class loader of toys.Toy, whose lookup was passed, does not know toys.Wide and HeldBy;"
                                    + " pass the lookup of a class that sees both.");
        }
    }

    @Test
    @Timeout(20)
    void should_keep_no_class_loader_alive_when_views_were_made_of_its_classes() throws Exception {
        // On a thread that ends, since a thread remembers the last few lives that began on it.
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Reference<ClassLoader> gone = thread.submit(this::useAndDropLoader).get();
        thread.shutdown();
        while (!gone.refersTo(null)) {
            System.gc();
            Thread.sleep(10);
        }

        assertThat(gone.refersTo(null)).isTrue();
    }

    private Reference<ClassLoader> useAndDropLoader() throws Exception {
        try (URLClassLoader loader = loader(getClass().getClassLoader())) {
            Checked recorder = Checked.fully();
            Handle<Object> handle = recorder.handle(toy(loader));
            Class<?> wide = loader.loadClass("toys.Wide");
            var lookup = (MethodHandles.Lookup)
                    loader.loadClass("toys.Toy").getMethod("lookup").invoke(null);
            assertThat(last(wide, handle.view(wide))).isEqualTo(LONGS - 1L);
            assertThat(last(wide, handle.view(wide, lookup))).isEqualTo(LONGS - 1L);
            assertThat(handle.view(Callable.class).call()).isSameAs(handle.get());
            return new WeakReference<>(loader);
        }
    }

    @Test
    void should_view_an_interface_of_the_program_when_we_are_in_the_bootstrap_loader() throws Exception {
        Path ours = Path.of(
                Handle.class.getProtectionDomain().getCodeSource().getLocation().toURI());

        assertThat(ChildJvm.run(Program.class, "-Xbootclasspath/a:" + ours).lines())
                .containsExactly("loader of Handle: null", "through the view: 43", "refused at: main");
    }

    /** What the child does. */
    static final class Program {
        public interface Toy {
            int next(int value);
        }

        public static void main(String[] args) {
            Logger.getLogger("dev.heldby").setLevel(Level.OFF);
            System.out.println("loader of Handle: " + Handle.class.getClassLoader());
            Handle<Toy> handle = Handle.of(value -> value + 1, each -> {});
            Toy view = handle.view(Toy.class);
            System.out.println("through the view: " + view.next(42));
            handle.close();
            try {
                System.out.println("not refused: " + view.next(42));
            } catch (LapsedHandleException e) {
                System.out.println("refused at: " + e.getStackTrace()[0].getMethodName());
            }
        }
    }
}
