// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.eval.plant.targets.Lease;
import org.junit.jupiter.api.Test;

class CensusWeaverTest {
    @Test
    void should_find_every_call_but_those_that_a_method_of_the_same_name_passes_on() {
        assertThat(Planting.sites())
                .extracting(site -> site.method() + (site.get() ? " get" : " put"))
                .containsExactlyInAnyOrder(
                        "useAndRelease put",
                        "resultAndDeepStack put",
                        "releaseByNumber get",
                        "releaseByNumber put",
                        "retainInExpression get",
                        "releaseInFinally put",
                        "releaseInFinally put",
                        "releaseWhatIsAnything put");
    }

    @Test
    void should_know_which_releases_can_be_moved() {
        assertThat(Planting.sites().stream().filter(CallSite::early).map(CallSite::method))
                .contains("useAndRelease", "releaseInFinally")
                .doesNotContain("releaseWhatIsAnything", "retainInExpression");
    }

    @Test
    void should_count_what_is_reached() throws Throwable {
        Planting counted = Planting.counted();
        counted.run("useAndRelease", new Lease());
        counted.run("useAndRelease", new Lease());
        counted.run("releaseWhatIsAnything", "no lease");
        assertThat(count("useAndRelease")).isEqualTo("2");
        assertThat(count("releaseWhatIsAnything")).isEqualTo("0");
    }

    private static String count(String method) {
        String line = Census.lines().stream()
                .filter(one -> one.startsWith("site\t") && one.contains("." + method + "("))
                .findFirst()
                .orElseThrow();
        return line.split("\t")[8];
    }
}
