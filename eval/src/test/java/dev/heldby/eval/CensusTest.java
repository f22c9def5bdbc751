// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.eval.plant.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CensusTest {
    @TempDir
    private Path folder;

    private Census census() throws Exception {
        return Census.read(Files.write(
                folder.resolve("census.txt"),
                List.of(
                        "site\tCache.evict()V#1\tput\tCache\tevict\tBuffer.release()Z\t20\ttrue\t100\t100",
                        "site\tCache.put()V#1\tget\tCache\tput\tBuffer.retain()LBuffer;\t10\tfalse\t100\t100",
                        "site\tRare.put()V#1\tput\tRare\tput\tBuffer.release()Z\t3\tfalse\t19\t19",
                        "site\tEmpty.drop()V#1\tput\tEmpty\tdrop\tBuffer.release()Z\t4\tfalse\t100\t1",
                        "pair\t90\tCache.evict()V#1\tCache.put()V#1\tCache:put:Cache.java:10\tCache:evict:Cache.java:20",
                        "unpaired\t3",
                        "unended\t2",
                        "refused\t0")));
    }

    @Test
    void should_know_what_gives_back_what() throws Exception {
        Census census = census();
        Defect skip = new Defect(census.sites().get(0).site(), Kind.SKIP, 1, 1);
        assertThat(Truth.of(skip, census, PlantFile.NONE))
                .isEqualTo(new Truth(
                        "missing-release", List.of(List.of(Samples.TAKEN)), new Place("Cache", "evict", "", 20)));
        Defect drop = new Defect(census.sites().get(1).site(), Kind.DROP_RETAIN, 1, 1);
        assertThat(Truth.of(drop, census, PlantFile.NONE).suspects()).containsExactly(List.of(Samples.GIVEN));
    }

    @Test
    void should_choose_the_same_defects_by_one_seed_and_none_at_a_site_that_is_rare_or_changes_nothing()
            throws Exception {
        List<Defect> chosen = new Choice(census(), 5).choose(60);
        assertThat(chosen).isEqualTo(new Choice(census(), 5).choose(60)).hasSize(60);
        assertThat(chosen).allMatch(defect -> defect.site().className().equals("Cache"));
        assertThat(chosen).extracting(Defect::kind).contains(Kind.values());
        assertThat(chosen)
                .allMatch(
                        defect -> defect.kind().concernsGets() == defect.site().get());
    }
}
