// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** The notation of durations: a whole number and {@code s}, {@code m} or {@code h}. */
final class Span {
    private static final Pattern NOTATION = Pattern.compile("(\\d{1,9})([smh])");

    private Span() {}

    static Duration parse(String text) {
        Matcher matcher = NOTATION.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException(
                    "\"" + text + "\" is not a duration; write a number and s, m or h, such as 30s or 5m");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    static String format(Duration duration) {
        return duration.toSeconds() + "s";
    }
}
