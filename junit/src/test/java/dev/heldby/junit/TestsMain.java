// SPDX-License-Identifier: Apache-2.0
package dev.heldby.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs test classes with whichever JUnit is on the class path and writes down what became of each test. */
public final class TestsMain implements TestExecutionListener {
    private final Map<String, Outcome> outcomes = new LinkedHashMap<>();
    private final Map<String, List<String>> notes = new LinkedHashMap<>();

    /** Takes the file for the outcomes, then parameters as {@code name=value}, then class names. */
    public static void main(String[] args) throws IOException {
        var request = LauncherDiscoveryRequestBuilder.request();
        for (String arg : Arrays.asList(args).subList(1, args.length)) {
            if (arg.contains("=")) {
                request.configurationParameter(arg.split("=")[0], arg.split("=")[1]);
            } else {
                request.selectors(selectClass(arg));
            }
        }
        TestsMain listener = new TestsMain();
        LauncherFactory.create().execute(request.build(), listener);
        try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(Path.of(args[0])))) {
            out.writeObject(listener.outcomes);
        }
    }

    @Override
    public synchronized void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        notes.computeIfAbsent(name(test), name -> new ArrayList<>())
                .addAll(entry.getKeyValuePairs().values());
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        outcomes.put(
                name(test),
                new Outcome(
                        result.getStatus().name(),
                        Outcome.Problem.of(result.getThrowable().orElse(null)),
                        List.copyOf(notes.getOrDefault(name(test), List.of()))));
    }

    /** As {@code Leaks.holds} or {@code Leaks}, with the number of an invocation. */
    private static String name(TestIdentifier test) {
        StringBuilder name = new StringBuilder();
        for (var segment : test.getUniqueIdObject().getSegments()) {
            String value = segment.getValue();
            switch (segment.getType()) {
                case "class" -> name.append(value.substring(value.lastIndexOf('.') + 1));
                case "nested-class", "method", "test-template" ->
                    name.append('.').append(value.replaceAll("\\(.*", ""));
                case "test-template-invocation" -> name.append(value);
                default -> name.append("");
            }
        }
        return name.toString();
    }
}
