// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench;

import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.SnapshotFile;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@link Leaks} under HeldBy and under async-profiler's mode for native memory, and the same in C under LeakSanitizer, in turns: how many
 * of the dropped blocks each finds, how many of the held ones it reports, and what a pair costs.
 */
final class CompareOffHeap {
    private static final Pattern NANOS = Pattern.compile("ns a pair ([0-9.]+)");
    private static final Pattern LEAKED = Pattern.compile("(\\d+) byte\\(s\\) leaked in (\\d+) allocation");

    private final Path agentJar;
    private final Path folder;
    private final Path peers;
    private final Medians table = new Medians();

    private CompareOffHeap(Path agentJar, Path folder) {
        this.agentJar = agentJar;
        this.folder = folder;
        this.peers = ownJar().resolveSibling("peers");
    }

    static void run(Path agentJar, int rounds) throws IOException, InterruptedException {
        CompareOffHeap comparison = new CompareOffHeap(agentJar, Files.createTempDirectory("heldby-bench"));
        for (int round = 0; round < rounds; round++) {
            comparison.java("Java", "");
            comparison.heldBy("count");
            comparison.heldBy("trace");
            comparison.asyncProfiler();
            comparison.c("C", "-g");
            comparison.c("C, LeakSanitizer", "-fsanitize=leak");
        }
        System.out.print(comparison.table.markdown(
                "", (column, score) -> Double.isNaN(score) ? "" : String.format(Locale.ROOT, "%,.0f", score)));
    }

    private void heldBy(String level) throws IOException, InterruptedException {
        Path snapshot = folder.resolve("snapshot");
        String row = "Java, HeldBy " + level;
        java(row, "-javaagent:" + agentJar + "=level=off,level.memory=" + level + ",snapshot=" + snapshot);
        long dropped = 0;
        long held = 0;
        try (InputStream in = Files.newInputStream(snapshot)) {
            for (Observation lost : SnapshotFile.read(in).observations()) {
                dropped += lost.bytes() == lost.count() * Leaks.DROPPED_BYTES ? lost.count() : 0;
                held += lost.bytes() == lost.count() * Leaks.KEPT_BYTES ? lost.count() : 0;
            }
        }
        found(row, dropped, held);
    }

    private void asyncProfiler() throws IOException, InterruptedException {
        Path recording = folder.resolve("recording.jfr");
        Path stacks = folder.resolve("stacks.txt");
        String row = "Java, async-profiler nativemem";
        java(row, "-agentpath:" + profiler() + "=start,event=nativemem,nativemem=0,file=" + recording);
        say(javaCommand(
                "-jar",
                peers.resolve("jfr-converter.jar").toString(),
                "--nativemem",
                "--leak",
                "-o",
                "collapsed",
                recording.toString(),
                stacks.toString()));
        found(row, samples(stacks, "Leaks.drop"), samples(stacks, "Leaks.keep"));
    }

    private static long samples(Path stacks, String method) throws IOException {
        return Files.readAllLines(stacks).stream()
                .filter(stack -> stack.contains(method) && stack.contains("Unsafe_AllocateMemory"))
                .mapToLong(stack -> Long.parseLong(stack.substring(stack.lastIndexOf(' ') + 1)))
                .sum();
    }

    private Path profiler() throws IOException {
        String folderInJar = System.getProperty("os.arch").equals("aarch64") ? "linux-arm64" : "linux-x64";
        Path library = folder.resolve("libasyncProfiler.so");
        if (!Files.exists(library)) {
            try (FileSystem jar = FileSystems.newFileSystem(peers.resolve("async-profiler.jar"))) {
                Files.copy(jar.getPath(folderInJar, "libasyncProfiler.so"), library);
            }
        }
        return library;
    }

    private void c(String row, String option) throws IOException, InterruptedException {
        Path source = folder.resolve("leaks.c");
        Path program = folder.resolve("leaks");
        Files.deleteIfExists(source);
        try (InputStream in = CompareOffHeap.class.getResourceAsStream("leaks.c")) {
            Files.copy(in, source);
        }
        say(List.of("gcc", "-O1", option, "-o", program.toString(), source.toString()));
        String said = say(List.of(program.toString()));
        cost(row, said);
        Matcher leaked = LEAKED.matcher(said);
        if (leaked.find()) {
            long bytes = Long.parseLong(leaked.group(1));
            long count = Long.parseLong(leaked.group(2));
            long dropped = (bytes - count * Leaks.KEPT_BYTES) / (Leaks.DROPPED_BYTES - Leaks.KEPT_BYTES);
            found(row, dropped, count - dropped);
        }
    }

    private void java(String row, String watcher) throws IOException, InterruptedException {
        List<String> command = javaCommand("-cp", ownJar().toString(), Leaks.class.getName());
        if (!watcher.isEmpty()) {
            command.add(1, watcher);
        }
        cost(row, say(command));
    }

    private static List<String> javaCommand(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(String.join(File.separator, System.getProperty("java.home"), "bin", "java"));
        command.addAll(List.of(arguments));
        return command;
    }

    private void cost(String row, String said) {
        Matcher nanos = NANOS.matcher(said);
        if (!nanos.find()) {
            throw new IllegalStateException(row + " measured nothing: " + said);
        }
        table.add(row, "ns a pair", Double.parseDouble(nanos.group(1)));
    }

    private void found(String row, long dropped, long held) {
        table.add(row, "dropped blocks found", (double) dropped);
        table.add(row, "held blocks reported", (double) held);
    }

    private String say(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
        process.waitFor();
        return said;
    }

    private static Path ownJar() {
        return Path.of(URI.create(CompareOffHeap.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
    }
}
