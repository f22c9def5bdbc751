// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The catalogue. Paths are below the root of the source tree. */
final class Workloads {
    private Workloads() {}

    static List<Workload> all(Path root) {
        return List.of(
                orders(root),
                load(root, "NettyHttp", List.of("netty"), List.of(), true, List.of()),
                load(root, "NettyHttp2", List.of("netty"), List.of(), true, List.of()),
                load(root, "NettyWebSocket", List.of("netty"), List.of(), true, List.of()),
                load(root, "ReactorNetty", List.of("netty"), List.of(), true, List.of()),
                load(root, "Grpc", List.of("netty"), List.of(), true, List.of()),
                load(root, "JdbcPool", List.of("jdbc"), List.of("jdbc.rules"), false, List.of()),
                load(root, "FilesAndZips", List.of("jdk"), List.of(), false, List.of()),
                load(root, "Jetty", List.of("jetty"), List.of("jetty.rules"), false, List.of()),
                load(root, "Lucene", List.of("lucene"), List.of("lucene.rules"), false, List.of()),
                load(
                        root,
                        "Arrow",
                        List.of("arrow"),
                        List.of("arrow.rules"),
                        false,
                        List.of("--add-opens=java.base/java.nio=ALL-UNNAMED")));
    }

    private static Workload orders(Path root) {
        String jar = root.resolve("examples/target/heldby-examples.jar").toString();
        return new Workload(
                "orders", List.of("netty"), List.of(), true, List.of("-jar", jar, "--fixed", "--requests", "20000"));
    }

    private static Workload load(
            Path root, String type, List<String> calls, List<String> rules, boolean netty, List<String> options) {
        List<String> arguments = new ArrayList<>(options);
        arguments.add("-cp");
        arguments.add(root.resolve("eval/target/loads") + "/*");
        arguments.add("com.example.loads." + type);
        return new Workload(
                type,
                calls,
                rules.stream()
                        .map(file -> root.resolve("eval/loads/rules").resolve(file))
                        .toList(),
                netty,
                arguments);
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
