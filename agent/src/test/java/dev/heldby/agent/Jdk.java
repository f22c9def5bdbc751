// SPDX-License-Identifier: Apache-2.0
package dev.heldby.agent;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The JDKs that programs are watched on: the one that runs the tests, and others installed beside it. */
final class Jdk {
    /** What HeldBy promises to run on, oldest and newest. */
    static final List<Integer> PROMISED = List.of(17, 25);

    private Jdk() {}

    /** The home of a JDK of that feature release; the test is skipped if there is none. */
    static Path home(int feature) {
        Path own = Path.of(System.getProperty("java.home"));
        if (Runtime.version().feature() == feature) {
            return own;
        }
        Optional<Path> found = beside(own, feature);
        assumeTrue(found.isPresent(), "No JDK " + feature + " is installed beside " + own + "; its tests are skipped.");
        return found.orElseThrow();
    }

    private static Optional<Path> beside(Path own, int feature) {
        try (Stream<Path> homes = Files.list(own.getParent())) {
            return homes.filter(home -> isOf(home, feature)).sorted().findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean isOf(Path home, int feature) {
        try {
            return Files.isExecutable(home.resolve("bin/java"))
                    && Files.readString(home.resolve("release"))
                            .lines()
                            .anyMatch(line -> line.matches("JAVA_VERSION=\"" + feature + "\\b.*"));
        } catch (IOException e) {
            return false;
        }
    }
}
