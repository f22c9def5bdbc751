// SPDX-License-Identifier: Apache-2.0
package dev.heldby;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.BehaviourTable.Claim;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** Every behaviour of the kernel's systems is shown by one test, and {@code docs/behaviours.md} says by which. */
class BehavioursTest {
    /** The systems that are built: all of their behaviours must be claimed. */
    private static final Set<String> COMPLETE = Set.of("RT", "SD", "RC", "PC", "GR", "MR", "MM", "KM");

    private static final Path CLASSES = classes();

    private static final Path ROOT = CLASSES.resolve("../../..").normalize();

    private static final Path CORES = ROOT.resolve("core/target/test-classes");

    private final BehaviourTable table =
            BehaviourTable.of(Files.readAllLines(CLASSES.resolve("dev/heldby/behaviours.txt")));
    private final List<Claim> claims = new ArrayList<>();

    BehavioursTest() throws IOException, ClassNotFoundException {
        for (Method method : claiming()) {
            Behaviour behaviour = method.getAnnotation(Behaviour.class);
            for (String number : behaviour.value()) {
                claims.add(new Claim(number, nameOf(method.getDeclaringClass()), method.getName(), behaviour.choice()));
            }
        }
    }

    private static Path classes() {
        try {
            return Path.of(BehavioursTest.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError("The folder of the test classes has no path", e);
        }
    }

    private static List<Method> claiming() throws IOException, ClassNotFoundException {
        List<Method> claiming = new ArrayList<>();
        for (Path classes : List.of(CORES, CLASSES)) {
            try (Stream<Path> files = Files.walk(classes)) {
                for (Path file :
                        (Iterable<Path>) files.filter(path -> path.toString().endsWith(".class"))::iterator) {
                    Stream.of(load(classes, file).getDeclaredMethods())
                            .filter(method -> !method.isSynthetic() && method.isAnnotationPresent(Behaviour.class))
                            .forEach(claiming::add);
                }
            }
        }
        return claiming;
    }

    private static Class<?> load(Path classes, Path file) throws ClassNotFoundException {
        String path = classes.relativize(file).toString();
        String name = path.substring(0, path.length() - ".class".length())
                .replace(file.getFileSystem().getSeparator(), ".");
        return Class.forName(name, false, BehavioursTest.class.getClassLoader());
    }

    /** Without the package; of a nested class with the class around it. */
    private static String nameOf(Class<?> type) {
        return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    }

    @Test
    void should_have_one_claim_for_each_behaviour_of_a_complete_system() {
        assertThat(table.faults(claims, COMPLETE)).isEmpty();
    }

    @Test
    void should_have_claims_on_tests_only() throws IOException, ClassNotFoundException {
        assertThat(claiming()).allMatch(method -> AnnotationSupport.isAnnotated(method, Testable.class));
    }

    @Test
    void should_have_a_page_that_is_up_to_date() throws IOException {
        BehaviourTable.refresh(ROOT.resolve("docs/behaviours.md"), table.page(claims))
                .ifPresent(Assertions::fail);
    }
}
