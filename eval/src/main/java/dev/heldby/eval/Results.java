// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The result lines: a file for each workload, a line for each trial, and one file for the runs without a defect. */
record Results(Path folder) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ENDING = ".jsonl";
    private static final String QUIET = "quiet" + ENDING;

    /** A run without a defect. */
    record Quiet(String workload, int findings, List<Said> said, String command) {}

    static Results in(Path root) {
        return new Results(root.resolve("eval/results"));
    }

    void add(Trial trial) throws IOException {
        append(trial.workload() + ENDING, trial);
    }

    void add(Quiet quiet) throws IOException {
        append(QUIET, quiet);
    }

    private void append(String file, Object line) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve(file),
                JSON.writeValueAsString(line) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** Writes all trials anew. */
    void replace(List<Trial> trials) throws IOException {
        for (String workload :
                new TreeSet<>(trials.stream().map(Trial::workload).toList())) {
            Files.deleteIfExists(folder.resolve(workload + ENDING));
        }
        for (Trial trial : trials) {
            add(trial);
        }
    }

    List<Trial> trials() throws IOException {
        List<Trial> trials = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files.sorted()::iterator) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(ENDING) && !name.equals(QUIET)) {
                    trials.addAll(lines(file, Trial.class));
                }
            }
        }
        return trials;
    }

    List<Quiet> quiet() throws IOException {
        Path file = folder.resolve(QUIET);
        return Files.exists(file) ? lines(file, Quiet.class) : List.of();
    }

    private static <T> List<T> lines(Path file, Class<T> type) throws IOException {
        List<T> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(JSON.readValue(line, type));
        }
        return lines;
    }
}
