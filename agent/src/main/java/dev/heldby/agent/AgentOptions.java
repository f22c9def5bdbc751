// SPDX-License-Identifier: Apache-2.0
package dev.heldby.agent;

import dev.heldby.Level;
import dev.heldby.weave.rules.Rule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the agent is asked to do.
 *
 * @param levels the level by rule name; the empty name is for all others
 * @param ruleFiles the user's own
 * @param snapshot where to write snapshots; null for {@code heldby-PID.snapshot}, if there is something to tell
 * @param every how often to write one while the program runs; zero for never
 * @param age report what is held longer; zero for never
 * @param growth how long ever more objects lie idle until they are reported
 * @param exceptions whether to look for those that left the methods which made lost objects
 * @param lapsed whether to look for uses through variables whose references were given back
 * @param counted whether to weave the counting of references into the classes of the class path
 * @param mode what installed the agent: {@code agent}, {@code run}, {@code attach} or {@code junit}
 */
record AgentOptions(
        Map<String, Level> levels,
        List<Path> ruleFiles,
        Path snapshot,
        Duration every,
        Duration age,
        Duration growth,
        boolean exceptions,
        boolean lapsed,
        boolean counted,
        String mode) {
    private static final String GROWTH = "1m";
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    Level level(String rule) {
        return levels.getOrDefault(rule, levels.getOrDefault("", Level.TRACE));
    }

    /** An optional rule is off unless it is named. */
    Level level(Rule rule) {
        return rule.optional() ? levels.getOrDefault(rule.name(), Level.OFF) : level(rule.name());
    }

    /** Reads {@code key=value,key=value}; empty for the defaults. */
    static AgentOptions parse(String text) throws BadOptionException {
        Map<String, Level> levels = new HashMap<>();
        List<Path> ruleFiles = new ArrayList<>();
        Map<String, String> single = new HashMap<>();
        for (String option : text.isBlank() ? new String[0] : text.split(",")) {
            String[] parts = option.strip().split("=", 2);
            String value = parts.length == 2 ? parts[1] : "";
            if (parts[0].equals("level") || parts[0].startsWith("level.")) {
                levels.put(parts[0].substring(Math.min(parts[0].length(), "level.".length())), namedLevel(value));
            } else if (parts[0].equals("rules")) {
                ruleFiles.add(Path.of(needed(parts[0], value)));
            } else if (List.of("snapshot", "every", "age", "growth", "exceptions", "lapsed", "counted", "mode")
                    .contains(parts[0])) {
                single.put(parts[0], needed(parts[0], value));
            } else {
                throw new BadOptionException(
                        "Unknown agent option \"" + parts[0]
                                + "\"; the options are level, level.RULE, rules, snapshot, every, age, growth, exceptions, lapsed, counted and mode.");
            }
        }
        String snapshot = single.get("snapshot");
        return new AgentOptions(
                levels,
                List.copyOf(ruleFiles),
                snapshot == null ? null : Path.of(snapshot).toAbsolutePath(),
                duration("every", single.get("every")),
                duration("age", single.get("age")),
                duration("growth", single.getOrDefault("growth", GROWTH)),
                isOn("exceptions", single.getOrDefault("exceptions", "off")),
                isOn("lapsed", single.getOrDefault("lapsed", "off")),
                isOn("counted", single.getOrDefault("counted", "off")),
                single.getOrDefault("mode", "agent"));
    }

    private static Level namedLevel(String name) throws BadOptionException {
        try {
            return Level.named(name);
        } catch (IllegalArgumentException e) {
            throw new BadOptionException(e.getMessage());
        }
    }

    private static String needed(String key, String value) throws BadOptionException {
        if (value.isEmpty()) {
            throw new BadOptionException("The agent option \"" + key + "\" needs a value: " + key + "=...");
        }
        return value;
    }

    private static boolean isOn(String key, String value) throws BadOptionException {
        return switch (value) {
            case "on" -> true;
            case "off" -> false;
            default ->
                throw new BadOptionException("The agent option \"" + key + "=" + value + "\" is neither on nor off.");
        };
    }

    private static Duration duration(String key, String text) throws BadOptionException {
        if (text == null) {
            return Duration.ZERO;
        }
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new BadOptionException("The agent option \"" + key + "=" + text
                    + "\" is no duration; write a number and ms, s, m or h, such as 30s.");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }
}
