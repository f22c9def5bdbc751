// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.snapshot.Observation.State;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupingTest {
    private static final String ZIP = "java.util.zip.ZipFile";

    @Test
    void should_fold_inner_objects_into_the_outermost_when_one_act_made_them() {
        String open = "java.util.zip.ZipFile.<init> app.A.read:5 app.A.main:1";
        List<Finding> findings = Life.findings(List.of(
                new Life()
                        .born("java.io.RandomAccessFile.<init> java.util.zip.ZipFile$Source.<init> " + open)
                        .seen(State.UNREACHABLE, "java.io.RandomAccessFile", 3),
                new Life().born(open).seen(State.UNREACHABLE, ZIP, 3),
                new Life()
                        .born("java.util.zip.Inflater.<init> " + open)
                        .seen(State.UNREACHABLE, "java.util.zip.Inflater", 5)));
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.type()).isEqualTo(ZIP);
            assertThat(finding.count()).isEqualTo(3);
            assertThat(finding.suspect().stack()).hasSize(3);
            assertThat(finding.summary())
                    .isEqualTo("The reference to a ZipFile (with its RandomAccessFile and Inflater) that A.read"
                            + " (A.java:5) takes by making it is never given back.");
        });
    }

    @Test
    void should_fold_the_parent_into_the_slice_when_the_slice_keeps_it() {
        String slice = "io.netty.buffer.AbstractPooledByteBuf.retainedSlice app.A.cut:5 app.A.main:3";
        List<Finding> findings = Life.findings(List.of(
                new Life()
                        .born("io.netty.buffer.Pool.take app.A.main:2")
                        .get("io.netty.buffer.B.retain " + slice)
                        .put("io.netty.buffer.B.release app.A.main:4")
                        .seen(State.UNREACHABLE, Life.BUF, 2),
                new Life()
                        .born("io.netty.buffer.PooledSlicedByteBuf.newInstance io.netty.buffer.X.y " + slice)
                        .seen(State.UNREACHABLE, "io.netty.buffer.PooledSlicedByteBuf", 2)));
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.type()).isEqualTo("io.netty.buffer.PooledSlicedByteBuf");
            assertThat(finding.count()).isEqualTo(2);
            assertThat(finding.summary()).contains("(with its PooledUnsafeDirectByteBuf)");
        });
    }

    @Test
    void should_not_count_twice_when_aged_objects_are_still_held_at_exit() {
        Life life = new Life().born("io.netty.buffer.Pool.take app.A.main:2");
        List<Finding> findings =
                Life.findings(List.of(life.seen(State.AGED, Life.BUF, 4), life.seen(State.HELD_AT_EXIT, Life.BUF, 3)));
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.count()).isEqualTo(4);
            assertThat(finding.detectedBy()).isEqualTo(Finding.DetectedBy.EXIT);
        });
    }

    @Test
    void should_put_the_most_certain_and_most_frequent_first() {
        List<Finding> findings = Life.findings(List.of(
                new Life().born("app.A.few:1").seen(State.UNREACHABLE, Life.BUF, 2),
                new Life().born("app.A.held:2").seen(State.HELD_AT_EXIT, Life.BUF, 900),
                new Life().born("app.A.many:3").seen(State.UNREACHABLE, Life.BUF, 7)));
        assertThat(findings).extracting(f -> f.suspect().site().method()).containsExactly("many", "few", "held");
    }

    @Test
    void should_not_report_what_is_born_beneath_a_lifelong_frame_when_it_is_only_still_held() {
        Life life = new Life().born("io.netty.buffer.Pool.take app.Registry.load:3 app.A.main:2");
        assertThat(Life.findings(List.of(life.seen(State.HELD_AT_EXIT), life.seen(State.AGED))))
                .isEmpty();
        assertThat(Life.findings(List.of(life.seen(State.UNREACHABLE)))).hasSize(1);
    }

    @Test
    void should_say_how_to_see_the_place_when_only_counting_was_on() {
        Finding finding = Life.finding(new Life().seen(State.UNREACHABLE, Life.BUF, 1700));
        assertThat(finding.suspect()).isNull();
        assertThat(finding.summary())
                .isEqualTo("1,700 x PooledUnsafeDirectByteBuf never given back; no stacks were recorded, so set level"
                        + " trace or full for the rule netty to see the place.");
    }

    @Test
    void should_not_report_held_objects_without_stacks_when_the_rule_knows_lifelong_ones() {
        assertThat(Life.findings(List.of(new Life().born("").seen(State.HELD_AT_EXIT))))
                .isEmpty();
    }

    @Test
    void should_expect_what_findings_of_one_number_agree_on() {
        String end = "io.netty.buffer.B.release app.Table.close:9 app.Main.main:3";
        String early = "io.netty.buffer.B.release app.Table.fill:2 app.Main.main:2";
        Life wide = new Life().born("io.netty.buffer.Pool.take app.Table.fill:2 app.Main.main:2");
        Life narrow = new Life().born("io.netty.buffer.Pool.take app.Table.fill:1 app.Main.main:2");

        List<Finding> findings = Life.findings(
                List.of(wide.seen(State.UNREACHABLE, "Buf", 40), narrow.seen(State.UNREACHABLE, "Buf", 40)),
                new Life()
                        .born("io.netty.buffer.Pool.take app.Table.fill:2 app.Main.main:2")
                        .put(early)
                        .healthy(100),
                new Life()
                        .born("io.netty.buffer.Pool.take app.Table.fill:2 app.Main.main:2")
                        .put(end)
                        .healthy(600),
                new Life()
                        .born("io.netty.buffer.Pool.take app.Table.fill:1 app.Main.main:2")
                        .put(end)
                        .healthy(600));

        assertThat(findings)
                .allSatisfy(finding ->
                        assertThat(finding.expected().get(0).site().brief()).isEqualTo("Table.close (Table.java:9)"));
    }
}
