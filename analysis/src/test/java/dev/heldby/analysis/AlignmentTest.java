// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.snapshot.Observation.State;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlignmentTest {
    private static final String RELEASE = "io.netty.buffer.B.release ";
    private static final String WRITE = "app.Writer.write:9 app.Main.run:3";

    /** A separator that is made, put so many times between words, given back by its maker once and by the writer for each word. */
    private static Life words(int number, boolean makerGivesBack) {
        Life life = new Life().born("io.netty.buffer.Pool.take app.Words.split:2 app.Main.run:3");
        for (int i = 0; i < number; i++) {
            life.get("io.netty.buffer.B.retain app.Words.split:5 app.Main.run:3");
        }
        if (makerGivesBack) {
            life.put(RELEASE + "app.Words.split:8 app.Main.run:3");
        }
        for (int i = 0; i < number; i++) {
            life.put(RELEASE + WRITE);
        }
        return life;
    }

    @Test
    void should_learn_from_how_often_each_comes_who_gives_back_for_whom() {
        Finding finding = Life.finding(
                words(4, false).seen(State.UNREACHABLE),
                words(1, true).healthy(10),
                words(2, true).healthy(10),
                words(3, true).healthy(10),
                words(6, true).healthy(10));

        assertThat(finding.suspect().site().brief()).isEqualTo("Words.split (Words.java:2)");
        assertThat(finding.expected().get(0).site().brief()).isEqualTo("Words.split (Words.java:8)");
    }

    @Test
    void should_name_the_method_when_all_that_give_back_through_it_lack_that() {
        String one = RELEASE + "app.Part.half:9 app.One.end:2";
        String two = RELEASE + "app.Part.half:9 app.Two.end:4";
        String birth = "io.netty.buffer.Pool.take app.One.begin:1";
        String get = "io.netty.buffer.B.retain app.Two.begin:3";
        Life healthy = new Life().born(birth).get(get).put(one).put(two);

        List<Finding> findings = Life.findings(
                List.of(
                        new Life().born(birth).get(get).put(two).seen(State.UNREACHABLE),
                        new Life().born(birth).get(get).put(one).seen(State.UNREACHABLE)),
                healthy.healthy(50));

        assertThat(findings)
                .extracting(finding -> finding.suspect().site().method() + " "
                        + finding.suspect().site().line() + " -> "
                        + finding.expected().get(0).site().brief())
                .containsExactlyInAnyOrder("begin 1 -> Part.half (Part.java:9)", "begin 3 -> Part.half (Part.java:9)");
    }

    @Test
    void should_know_what_a_place_gives_back_when_another_caller_came_there() {
        String birth = "io.netty.buffer.Pool.take app.Net.read:1 app.Loop.run:2";
        String content = "io.netty.buffer.B.retain app.Parser.content:3 app.Loop.run:2";
        String sample = "io.netty.buffer.B.retain app.Scales.sample:4 app.Scales.weigh:5";
        String end = RELEASE + "app.Net.end:6 app.Loop.run:2";
        Life weighed = new Life().born(birth).get(content).on("scales").get(sample);
        weighed.put(RELEASE + "app.Chunks.release:7 app.Scales.weigh:8")
                .on("main")
                .put(end);
        Life other = new Life().born(birth).get(content);
        other.put(RELEASE + "app.Chunks.release:7 app.Mill.grind:9").put(end);

        Finding finding = Life.finding(weighed.seen(State.UNREACHABLE), other.healthy(50));

        assertThat(finding.suspect().site().brief()).isEqualTo("Scales.sample (Scales.java:4)");
    }
}
