// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import static dev.heldby.cli.Started.heldby;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README promises of its first command. */
class DemoIT {
    private static final String COMMAND = "    ./heldby demo";
    private static final Pattern ANSWERED = Pattern.compile("(?m)^([\\d,]+) requests answered");

    @TempDir
    private static Path folder;

    private static Started demo;
    private static Reported reported;

    @BeforeAll
    static void run_the_demo() throws Exception {
        Path json = folder.resolve("demo.json");
        demo = heldby(folder, "demo", "--report", json.toString());
        assertThat(demo.exitCode()).as(demo.err()).isZero();
        reported = Reported.in(json);
    }

    @Test
    void should_find_both_defects_and_nothing_else() {
        assertThat(reported.countedSuspects())
                .containsExactly(
                        "120 missing-release com.example.orders.RecentOrders.put",
                        "17 missing-release com.example.orders.OrderHandler.deliver");
        assertThat(demo.out()).contains("\nno other findings\n");
        assertThat(demo.err()).isEmpty();
    }

    @Test
    void should_name_the_release_on_the_way_on_which_receipts_are_lost_before_that_of_the_others() {
        JsonNode expected = reported.findings().get(1).get("expected");

        assertThat(Reported.place(expected.get(0).get("site"))).isEqualTo("com.example.orders.OrderHandler.deliver");
        assertThat(expected.get(0).get("site").get("line").asInt()).isEqualTo(55);
        assertThat(expected).anySatisfy(other -> {
            assertThat(Reported.place(other.get("site"))).isEqualTo("com.example.orders.ReceiptArchive.store");
            assertThat(other.get("support").asLong()).isEqualTo(12_041);
        });
    }

    @Test
    void should_name_the_release_that_the_code_has_when_no_order_was_ever_forgotten() {
        JsonNode expected = reported.findings().get(0).get("expected").get(0);

        assertThat(Reported.place(expected.get("site"))).isEqualTo("com.example.orders.RecentOrders.forget");
        assertThat(expected.get("support").asLong()).isZero();
    }

    @Test
    void should_follow_every_object_of_more_than_ten_thousand_requests() {
        assertThat(requests(demo)).isGreaterThan(10_000);
        JsonNode coverage = reported.root().get("coverage");
        assertThat(coverage.get("lifecycles").asLong()).isGreaterThan(requests(demo));
        assertThat(coverage.get("traced")).isEqualTo(coverage.get("lifecycles"));
        assertThat(coverage.get("dropped").asLong()).isZero();
        assertThat(coverage.get("unreliable").asBoolean()).isFalse();
    }

    @Test
    void should_find_nothing_when_the_server_is_repaired() throws Exception {
        Path json = folder.resolve("fixed.json");

        Started fixed = heldby(folder, "demo", "--fixed", "--report", json.toString());

        assertThat(fixed.exitCode()).as(fixed.err()).isZero();
        assertThat(fixed.out().lines()).contains("no findings");
        assertThat(requests(fixed)).isGreaterThan(10_000);
        assertThat(Reported.in(json).findings()).isEmpty();
    }

    @Test
    void should_print_what_the_readme_shows() throws Exception {
        List<String> readme = Files.readAllLines(Path.of("..", "README.md"));
        int command = readme.indexOf(COMMAND);
        List<String> sample = readme.stream()
                .skip(command + 1)
                .dropWhile(line -> !isIndented(line))
                .takeWhile(line -> line.isEmpty() || isIndented(line))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();

        assertThat(command).as("where '%s' stands", COMMAND).isBetween(0, 28);
        assertThat(readme.stream().filter(DemoIT::isIndented).findFirst()).hasValue(COMMAND);
        assertThat(sample).hasSizeGreaterThan(5).noneMatch(line -> line.contains("..."));
        assertThat(demo.out().lines().map(String::strip)).containsSubsequence(sample);
        assertThat(readme).anyMatch(line -> line.contains("sends it %,d requests".formatted(requests(demo))));
    }

    private static boolean isIndented(String line) {
        return line.startsWith("    ");
    }

    private static int requests(Started demo) {
        Matcher matcher = ANSWERED.matcher(demo.out());
        assertThat(matcher.find()).as(demo.out()).isTrue();
        return Integer.parseInt(matcher.group(1).replace(",", ""));
    }
}
