// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.snapshot.Observation.State;
import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private static String fingerprint(String birth) {
        return Life.finding(new Life().born(birth).seen(State.UNREACHABLE)).fingerprint();
    }

    @Test
    void should_stay_the_same_from_run_to_run() {
        assertThat(fingerprint("io.netty.buffer.Pool.take app.A.run:3")).isEqualTo("77e4847bf415a235");
    }

    @Test
    void should_stay_the_same_when_lines_or_callers_change() {
        assertThat(fingerprint("app.A.run:4 app.B.main:1")).isEqualTo(fingerprint("app.A.run:3"));
        assertThat(fingerprint("app.A.walk:3")).isNotEqualTo(fingerprint("app.A.run:3"));
    }

    @Test
    void should_stay_the_same_when_the_number_of_a_lambda_class_changes() {
        assertThat(fingerprint("app.A$$Lambda$14/0x0001.run")).isEqualTo(fingerprint("app.A$$Lambda/0x77.run"));
        assertThat(fingerprint("app.A.lambda$main$0:3")).isNotEqualTo(fingerprint("app.A.lambda$main$1:3"));
    }

    @Test
    void should_differ_in_order_of_lines_when_two_findings_share_class_and_method() {
        List<Finding> findings = Life.findings(List.of(
                new Life().born("app.A.run:30").seen(State.UNREACHABLE, Life.BUF, 9),
                new Life().born("app.A.run:3").seen(State.UNREACHABLE, Life.BUF, 1)));
        assertThat(findings).extracting(Finding::fingerprint).doesNotHaveDuplicates();
        assertThat(findings.get(1).suspect().site().line()).isEqualTo(3);
        assertThat(findings.get(1).fingerprint()).isEqualTo(fingerprint("app.A.run:3"));
    }
}
