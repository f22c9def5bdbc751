// SPDX-License-Identifier: Apache-2.0
package shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.JavaProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each Java sample of docs/tracking.md is a program of this package, or the part of one between {@code // sample} and
 * {@code // end}. The block without a language that follows it is what that program prints.
 */
class TrackingPageTest {
    private static final Path PAGE = Path.of("..", "docs", "tracking.md");
    private static final Path PROGRAMS = Path.of("src", "test", "java", "shop");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$");

    private record Block(String language, String text) {}

    static List<String> programs() throws IOException {
        try (Stream<Path> files = Files.list(PROGRAMS)) {
            return files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .filter(name -> !name.endsWith("Test"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void should_show_only_samples_that_are_compiled() throws IOException {
        List<String> samples = new ArrayList<>();
        for (String program : programs()) {
            samples.add(sample(program));
        }

        assertThat(blocks().stream()
                        .filter(block -> block.language.equals("java"))
                        .map(Block::text))
                .containsExactlyInAnyOrderElementsOf(samples);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void should_show_what_a_sample_prints(String program) throws Exception {
        JavaProgram run = JavaProgram.run("-Duser.language=en", "shop." + program);

        assertThat(withoutWhatVaries(run.output()))
                .isEqualTo(withoutWhatVaries(shownOutputs().get(sample(program))));
    }

    @Test
    void should_show_the_first_sample_and_its_output_before_line_30() throws IOException {
        String page = Files.readString(PAGE);
        Matcher first = BLOCK.matcher(page);

        assertThat(first.find() && first.find()).isTrue();
        assertThat(page.substring(0, first.end()).lines()).hasSizeLessThan(30);
    }

    private static Map<String, String> shownOutputs() throws IOException {
        Map<String, String> outputs = new LinkedHashMap<>();
        String sample = "";
        for (Block block : blocks()) {
            if (block.language.equals("java")) {
                sample = block.text;
            } else if (block.language.isEmpty()) {
                outputs.putIfAbsent(sample, block.text);
            }
        }
        return outputs;
    }

    private static List<Block> blocks() throws IOException {
        return BLOCK.matcher(Files.readString(PAGE))
                .results()
                .map(found -> new Block(found.group(1), found.group(2)))
                .toList();
    }

    private static String sample(String program) throws IOException {
        String source = Files.readString(PROGRAMS.resolve(program + ".java"));
        String begin = "// sample\n";
        if (!source.contains(begin)) {
            return source.substring(source.indexOf('\n') + 1);
        }
        return source.substring(source.indexOf(begin) + begin.length(), source.indexOf("// end"))
                .stripIndent();
    }

    /** The time and place of a log's line, and the numbers of handles. */
    private static String withoutWhatVaries(String text) {
        return text.replaceAll("(?m)^.* dev\\.heldby\\.complaint\\.\\S+ write\n", "")
                .replaceAll("@[0-9a-f]{5,8} ", "@ ")
                .strip();
    }
}
