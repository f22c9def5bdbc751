// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import dev.heldby.analysis.Analysis;
import dev.heldby.analysis.Findings;
import dev.heldby.eval.plant.Order;
import dev.heldby.snapshot.Snapshot;
import dev.heldby.snapshot.SnapshotFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The runs of one workload: each starts a JVM and waits for its end. One thread. */
final class Runs {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Path root;
    private final Path folder;
    private final Workload workload;

    Runs(Path root, Workload workload) throws IOException {
        this.root = root;
        this.workload = workload;
        folder = Files.createDirectories(root.resolve("eval/target/runs").resolve(workload.name()));
    }

    /** What HeldBy said while the program ran, and when, and in the end. */
    record Watched(List<Look> looks, Findings last, long endedAt, PlantFile planted, int exitCode) {}

    /** One report of the running program. */
    record Look(long at, Findings findings) {}

    Census census() throws IOException, InterruptedException {
        Path out = fresh("census.txt");
        run(new Order(out, workload.calls(), null, false, false), detector("disabled"), "census.log");
        return Census.read(out);
    }

    /** The run that asks, without HeldBy, what the defect did. */
    PlantFile effect(Defect defect) throws IOException, InterruptedException {
        Path out = fresh("effect.txt");
        run(new Order(out, workload.calls(), defect.plant(), true, false), detector("disabled"), "effect.log");
        return PlantFile.read(out);
    }

    /** A run under Netty's detector at its highest level. */
    Paranoid paranoid(Defect defect, Truth truth) throws IOException, InterruptedException {
        Path out = fresh("paranoid.txt");
        run(new Order(out, workload.calls(), defect.plant(), false, true), detector("paranoid"), "paranoid.log");
        return Paranoid.of(
                PlantFile.read(out).spoilt(),
                Files.readAllLines(folder.resolve("paranoid.log"), StandardCharsets.UTF_8),
                truth);
    }

    /** The run that HeldBy watches; without a defect if there is none. */
    Watched watched(Defect defect, boolean look) throws IOException, InterruptedException {
        Path out = fresh("watched.txt");
        Path snapshot = fresh("watched.heldby");
        StringBuilder agent = new StringBuilder("-javaagent:" + root.resolve("agent/target/heldby-agent.jar")
                + "=mode=run,level=full,snapshot=" + snapshot);
        workload.rules().forEach(file -> agent.append(",rules=").append(file));
        List<String> options = new ArrayList<>(detector("disabled"));
        if (defect != null) {
            options.add(planter(new Order(out, workload.calls(), defect.plant(), false, false)));
        }
        options.add(agent.toString());
        try (Child child = Child.start(options, workload, folder.resolve("watched.log"), LIMIT)) {
            List<Look> looks = look ? looks(child) : List.of();
            int exitCode = child.end();
            long endedAt = System.currentTimeMillis();
            return new Watched(looks, last(snapshot, looks), endedAt, PlantFile.read(out), exitCode);
        }
    }

    /** Copies of Netty below another package have their properties there too. */
    private static List<String> detector(String level) {
        return List.of(
                "-Dio.netty.leakDetection.level=" + level,
                "-Dio.grpc.netty.shaded.io.netty.leakDetection.level=" + level);
    }

    private static List<Look> looks(Child child) throws InterruptedException {
        List<Look> looks = new ArrayList<>();
        child.await(BETWEEN_LOOKS);
        while (child.isAlive() && !child.isLate()) {
            try (Control control = Control.of(child.pid())) {
                while (child.isAlive() && !child.isLate()) {
                    Optional<Snapshot> snapshot = control.snapshot();
                    if (snapshot.isPresent()) {
                        Findings findings = Analysis.analyze(snapshot.get());
                        looks.add(new Look(System.currentTimeMillis(), findings));
                    }
                    child.await(BETWEEN_LOOKS);
                }
            } catch (IOException e) {
                child.await(BETWEEN_LOOKS);
            }
        }
        return looks;
    }

    /** Of a program that was killed the last look is what there is. */
    private static Findings last(Path snapshot, List<Look> looks) throws IOException {
        if (!Files.exists(snapshot) && !looks.isEmpty()) {
            return looks.get(looks.size() - 1).findings();
        }
        return Analysis.analyze(read(snapshot));
    }

    private static Snapshot read(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return SnapshotFile.read(in);
        }
    }

    private void run(Order order, List<String> options, String log) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(options);
        all.add(planter(order));
        try (Child child = Child.start(all, workload, folder.resolve(log), LIMIT)) {
            child.end();
        }
    }

    private String planter(Order order) throws IOException {
        Path file = folder.resolve("order.properties");
        order.write(file);
        return "-javaagent:" + root.resolve("eval/target/heldby-planter.jar") + "=" + file;
    }

    private Path fresh(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.deleteIfExists(file);
        return file;
    }
}
