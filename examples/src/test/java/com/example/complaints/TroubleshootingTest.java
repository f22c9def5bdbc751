// SPDX-License-Identifier: Apache-2.0
package com.example.complaints;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.JavaProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/troubleshooting.md has a heading for whatever the tracking library complains of. */
class TroubleshootingTest {
    @Test
    void should_have_a_heading_for_each_complaint() throws Exception {
        JavaProgram run = JavaProgram.run(EveryComplaint.class.getName());
        List<String> complaints = run.output()
                .lines()
                .filter(line -> line.startsWith(EveryComplaint.BEGIN))
                .toList();
        List<Pattern> headings = headings();

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(complaints)
                .hasSizeGreaterThan(25)
                .allSatisfy(complaint -> assertThat(headings)
                        .as(complaint)
                        .anyMatch(heading -> heading.matcher(complaint).find()));
    }

    private static List<Pattern> headings() throws IOException {
        return Files.readAllLines(Path.of("..", "docs", "troubleshooting.md")).stream()
                .filter(line -> line.startsWith("## "))
                .flatMap(line -> Arrays.stream(line.substring(3).split(" / ")))
                .map(TroubleshootingTest::pattern)
                .toList();
    }

    /** Three dots and N stand for what differs. */
    private static Pattern pattern(String heading) {
        return Pattern.compile(Arrays.stream(heading.split("\\.\\.\\.|\\bN\\b"))
                .map(part -> Pattern.quote(part.strip()))
                .collect(Collectors.joining(".*")));
    }
}
