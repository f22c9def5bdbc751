// SPDX-License-Identifier: Apache-2.0
package dev.heldby.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.example.watched.Corrupt;
import com.example.watched.Leases;
import dev.heldby.agent.Watched.Launch;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Observation.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Rules for the user's own types, as docs/rules.md shows them. */
class UserRulesIT {
    static final List<Integer> JDKS = Jdk.PROMISED;

    @TempDir
    Path folder;

    @ParameterizedTest
    @FieldSource("JDKS")
    void should_find_every_misuse_when_the_documented_example_is_used(int jdk) throws Exception {
        Path rules = Files.writeString(folder.resolve("acme.rules"), documentedExample());

        Watched watched = Launch.onJdk(jdk).options("level=full,rules=" + rules).run(Leases.class);

        assertThat(watched.err()).isEmpty();
        assertThat(watched.findings())
                .extracting(Observation::type, Observation::state, Observation::count, Observation::bytes)
                .containsExactlyInAnyOrder(
                        tuple("com.acme.pool.Lease", State.UNREACHABLE, 1L, 20L),
                        tuple("com.acme.pool.Lease", State.SURPLUS_PUT, 1L, 30L),
                        tuple("com.acme.pool.Lease", State.LAPSED_USE, 1L, 40L),
                        tuple("com.acme.pool.Page", State.UNREACHABLE, 1L, 0L));
        assertThat(watched.findings()).extracting(Observation::rule).containsOnly("acme");
    }

    @Test
    void should_find_nothing_when_there_is_no_rule_for_it() throws Exception {
        assertThat(Launch.onThisJdk().run(Leases.class).snapshot().observations())
                .isEmpty();
    }

    @Test
    void should_leave_a_corrupt_class_to_the_jvm_when_a_rule_names_it() throws Exception {
        Path rules = Files.writeString(
                folder.resolve("acme.rules"), "rule acme\ntype com.acme.pool.Broken\n  born <init>\n  put close()\n");

        Watched watched =
                Launch.onThisJdk().options("level=full,rules=" + rules).run(Corrupt.class);

        assertThat(watched.exitCode()).isZero();
        assertThat(watched.out().lines()).containsExactly("the JVM refused it", "the JVM refused it");
        assertThat(watched.err().lines())
                .singleElement()
                .asString()
                .startsWith("HeldBy: The class com.acme.pool.Broken could not be woven and is left as it was: ");
        assertThat(watched.snapshot().coverage().troubles()).hasSize(1);
    }

    @Test
    void should_say_so_when_a_line_does_not_fit_the_class() throws Exception {
        Path rules = Files.writeString(
                folder.resolve("acme.rules"),
                "rule acme\ntype com.acme.pool.Lease\n  born <init>\n  put giveBack(int) references argument 2\n");

        Watched watched =
                Launch.onThisJdk().options("level=full,rules=" + rules).run(Leases.class);

        assertThat(watched.exitCode()).isZero();
        assertThat(watched.err().strip())
                .isEqualTo("HeldBy: " + rules
                        + " line 4 does not fit com.acme.pool.Lease.giveBack: it has no argument 2.");
    }

    /** The block of docs/rules.md that is marked as a complete example. */
    private static String documentedExample() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "rules.md"));
        int start = page.indexOf("```rules\n") + "```rules\n".length();
        return page.substring(start, page.indexOf("```", start));
    }
}
