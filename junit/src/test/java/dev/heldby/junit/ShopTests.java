// SPDX-License-Identifier: Apache-2.0
package dev.heldby.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** A test class of the package {@code shop}, which docs/junit.md shows whole. */
record ShopTests(String name) {

    void assertShown() throws IOException {
        assertThat(page())
                .contains(Files.readString(Path.of("src", "test", "java", "shop", name + ".java"))
                        .lines()
                        .skip(1)
                        .collect(Collectors.joining("\n")));
    }

    static void assertShown(String message) throws IOException {
        assertThat(withoutWhatVaries(page())).contains(withoutWhatVaries(message));
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("..", "docs", "junit.md"));
    }

    /** With the JDK and the JUnit: how many frames they have, what files they open, and which buffers Netty chooses. */
    private static String withoutWhatVaries(String text) {
        return text.replaceAll("\\d+ frames", "frames")
                .replaceAll("coverage: .* 0 records", "coverage")
                .replaceAll(" +dev.heldby.junit.TestsMain.*\n", "")
                .replace("PooledDirectByteBuf", "PooledUnsafeDirectByteBuf");
    }
}
