// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import java.nio.file.Path;
import java.util.List;

/** The catalogue. Paths are below the root of the source tree. */
final class Workloads {
    private Workloads() {}

    static List<Workload> all(Path root) {
        return List.of(new Workload(
                "orders",
                List.of("netty"),
                List.of(),
                true,
                List.of(
                        "-jar",
                        root.resolve("examples/target/heldby-examples.jar").toString(),
                        "--fixed",
                        "--requests",
                        "20000")));
    }

    static Workload named(Path root, String name) {
        return all(root).stream()
                .filter(workload -> workload.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown workload \"" + name + "\"; there are "
                        + String.join(
                                ", ", all(root).stream().map(Workload::name).toList()) + "."));
    }
}
