// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import dev.heldby.eval.plant.Kind;
import dev.heldby.eval.plant.Order;
import java.io.IOException;
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
        Watched watched = Watched.fresh(
                defect == null ? folder.resolve("quiet") : kept(root, workload.name(), defect.kind(), defect.seed()));
        StringBuilder agent = new StringBuilder("-javaagent:" + root.resolve("agent/target/heldby-agent.jar")
                + "=mode=run,level=full,snapshot=" + watched.lastFile());
        workload.rules().forEach(file -> agent.append(",rules=").append(file));
        List<String> options = new ArrayList<>(detector("disabled"));
        if (defect != null) {
            options.add(planter(new Order(watched.plantFile(), workload.calls(), defect.plant(), false, false)));
        }
        options.add(agent.toString());
        try (Child child = Child.start(options, workload, watched.log(), LIMIT)) {
            if (look) {
                look(child, watched);
            }
            child.end();
        }
        return watched;
    }

    /** Where the watched run of a trial is kept. */
    static Watched kept(Path root, Trial trial) {
        return new Watched(kept(root, trial.workload(), trial.kind(), trial.seed()));
    }

    private static Path kept(Path root, String workload, Kind kind, long seed) {
        return root.resolve("eval/target/kept").resolve(workload).resolve(kind + "-" + seed);
    }

    /** Copies of Netty below another package have their properties there too. */
    private static List<String> detector(String level) {
        return List.of(
                "-Dio.netty.leakDetection.level=" + level,
                "-Dio.grpc.netty.shaded.io.netty.leakDetection.level=" + level);
    }

    private static void look(Child child, Watched watched) throws InterruptedException {
        child.await(BETWEEN_LOOKS);
        while (child.isAlive() && !child.isLate()) {
            try (Control control = Control.of(child.pid())) {
                while (child.isAlive() && !child.isLate()) {
                    Optional<byte[]> snapshot = control.snapshot();
                    if (snapshot.isPresent()) {
                        watched.add(System.currentTimeMillis(), snapshot.get());
                    }
                    child.await(BETWEEN_LOOKS);
                }
            } catch (IOException e) {
                child.await(BETWEEN_LOOKS);
            }
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
