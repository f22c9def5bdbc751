// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/accuracy.md} says what the result lines say. */
class AccuracyPageTest {
    private final Path root = Path.of("").toAbsolutePath().getParent();

    @Test
    void should_be_up_to_date() throws Exception {
        Results results = Results.in(root);
        assertThat(root.resolve("docs/accuracy.md"))
                .as("the page of figures; 'java -jar eval/target/heldby-eval.jar score' writes it anew")
                .hasContent(AccuracyPage.of(results.trials(), results.quiet()));
    }

    @Test
    void should_have_results_of_every_workload() throws Exception {
        assertThat(Results.in(root).trials())
                .extracting(Trial::workload)
                .containsAll(Workloads.all(root).stream().map(Workload::name).toList());
    }
}
