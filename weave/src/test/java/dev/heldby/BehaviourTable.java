// SPDX-License-Identifier: Apache-2.0
package dev.heldby;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The numbered behaviours of the kernel's systems, and which test claims which. */
final class BehaviourTable {

    /** That a test shows the behaviour of that number, and what HeldBy chose to do there, if anything. */
    record Claim(String number, String type, String method, String choice) {

        private String test() {
            return type + "." + method;
        }

        private String sentence() {
            return "`" + type + "`: " + method.replace('_', ' ');
        }
    }

    /** A kernel's system; its prefix is the part of its behaviours' numbers before the hyphen. */
    private record KernelSystem(String prefix, String title, String source, List<Row> rows) {}

    private record Row(String number, String behaviour) {}

    private final List<KernelSystem> systems = new ArrayList<>();

    /**
     * Reads the list. A line {@code # RT  title  (source)} begins a system; the others are a number and a sentence. Two
     * spaces separate.
     */
    static BehaviourTable of(List<String> lines) {
        BehaviourTable table = new BehaviourTable();
        lines.stream().filter(line -> !line.isBlank()).forEach(table::read);
        return table;
    }

    private void read(String line) {
        String[] parts = line.split(" {2}|\t");
        if (line.startsWith("# ") && parts.length == 3) {
            systems.add(new KernelSystem(parts[0].substring(2), parts[1], parts[2], new ArrayList<>()));
        } else if (parts.length == 2 && !systems.isEmpty() && parts[0].equals(next())) {
            last().rows.add(new Row(parts[0], parts[1]));
        } else {
            throw new IllegalArgumentException("Neither a system nor its next behaviour: " + line);
        }
    }

    private KernelSystem last() {
        return systems.get(systems.size() - 1);
    }

    private String next() {
        return last().prefix + "-" + (last().rows.size() + 1);
    }

    /** One sentence for each fault of the claims: about numbers that are unclaimed, claimed twice, or not in the list. */
    List<String> faults(Collection<Claim> claims, Set<String> complete) {
        Map<String, List<Claim>> byNumber = byNumber(claims);
        List<String> faults = new ArrayList<>();
        complete.stream()
                .filter(prefix -> systems.stream().noneMatch(system -> system.prefix.equals(prefix)))
                .forEach(prefix -> faults.add(prefix + " is to be complete, but is not in the list."));
        for (KernelSystem system : systems) {
            for (Row row : system.rows) {
                List<Claim> found = byNumber.getOrDefault(row.number, List.of());
                if (found.isEmpty() && complete.contains(system.prefix)) {
                    faults.add("No test claims " + row.number + ".");
                } else if (found.size() > 1) {
                    faults.add("More than one test claims " + row.number + ": "
                            + found.stream().map(Claim::test).sorted().collect(Collectors.joining(", ")) + ".");
                }
                byNumber.remove(row.number);
            }
        }
        byNumber.values()
                .forEach(unknown -> unknown.forEach(
                        claim -> faults.add(claim.test() + " claims " + claim.number + ", which is not in the list.")));
        return faults;
    }

    private static Map<String, List<Claim>> byNumber(Collection<Claim> claims) {
        return claims.stream().collect(Collectors.groupingBy(Claim::number));
    }

    /** The page: a section with a table for each system. */
    String page(Collection<Claim> claims) {
        Map<String, List<Claim>> byNumber = byNumber(claims);
        StringBuilder page = new StringBuilder("""
                # Behaviours

                What the kernel's own systems do, sentence by sentence, and the test that shows that HeldBy does it. `BehavioursTest`
                makes this page from the tests' claims; what is to happen is listed in `behaviours.txt` beside it.
                """);
        for (KernelSystem system : systems) {
            long claimed = system.rows.stream()
                    .filter(row -> byNumber.containsKey(row.number))
                    .count();
            page.append("\n## ").append(system.title).append("\n\n");
            page.append("As in ").append(inner(system.source)).append(": ");
            page.append(claimed).append(" of ").append(system.rows.size()).append(" shown by a test.\n\n");
            page.append("| number | what is to happen | test | HeldBy's choice |\n|---|---|---|---|\n");
            system.rows.forEach(row -> page.append(line(row, byNumber.getOrDefault(row.number, List.of()))));
        }
        return page.toString();
    }

    private static String inner(String parenthesised) {
        return parenthesised.substring(1, parenthesised.length() - 1);
    }

    private static String line(Row row, List<Claim> claims) {
        String tests = claims.stream().map(Claim::sentence).sorted().collect(Collectors.joining("; "));
        String choices = claims.stream().map(Claim::choice).sorted().collect(Collectors.joining(" "));
        return "| " + row.number + " | " + cell(row.behaviour) + " | " + cell(tests) + " | " + cell(choices) + " |\n";
    }

    /** Writes the page anew if the file differs, and then says so. */
    static Optional<String> refresh(Path file, String page) throws IOException {
        if (Files.exists(file) && Files.readString(file).replace("\r\n", "\n").equals(page)) {
            return Optional.empty();
        }
        Files.writeString(file, page);
        return Optional.of(file.getFileName() + " was out of date and has been written anew; commit it.");
    }

    private static String cell(String text) {
        return text.strip().replace("|", "\\|");
    }
}
