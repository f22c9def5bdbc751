// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.snapshot.Healthy;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Observation.State;
import dev.heldby.snapshot.ReleaseCall;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where a release is expected when no object of the birth ended well. */
class UnmadeCallsTest {
    private static final Life LEAKED = new Life()
            .born("io.netty.buffer.Unpooled.buffer app.Sender.encode:12 app.Sender.send:30 app.Main.main:5")
            .get("app.Batch.add:7 app.Sender.send:31 app.Main.main:5")
            .put("app.Batch.flush:20 app.Main.main:6");

    /** In a loop, so that its method comes to it from everywhere. */
    private static ReleaseCall call(String place) {
        String[] parts = place.split("[.:]");
        return new ReleaseCall(
                "netty",
                parts[0] + "." + parts[1],
                parts[2],
                parts[1] + ".java",
                Integer.parseInt(parts[3]),
                IntStream.rangeClosed(1, 100).boxed().toList());
    }

    private static Finding.Expected[] expected(List<ReleaseCall> calls, Healthy... healthy) {
        return Life.findings(List.of(LEAKED.seen(State.UNREACHABLE)), calls, healthy)
                .get(0)
                .expected()
                .toArray(Finding.Expected[]::new);
    }

    private static List<String> places(String... calls) {
        return List.of(expected(
                        List.of(calls).stream().map(UnmadeCallsTest::call).toList()))
                .stream()
                .map(expected -> expected.site().brief())
                .toList();
    }

    @Test
    void should_expect_the_release_of_the_innermost_method_that_was_passed() {
        assertThat(places("app.Main.main:8", "app.Sender.send:33", "app.Other.run:1"))
                .containsExactly("Sender.send (Sender.java:33)", "Main.main (Main.java:8)");
    }

    @Test
    void should_expect_what_follows_the_taking_before_what_stands_above_it() {
        assertThat(places("app.Sender.send:20", "app.Sender.send:40", "app.Sender.send:33"))
                .containsExactly(
                        "Sender.send (Sender.java:33)", "Sender.send (Sender.java:40)", "Sender.send (Sender.java:20)");
    }

    @Test
    void should_expect_what_a_try_with_resources_does_when_nothing_was_thrown() {
        assertThat(places("app.Sender.encode:12", "app.Sender.encode:19"))
                .containsExactly("Sender.encode (Sender.java:19)", "Sender.encode (Sender.java:12)");
    }

    @Test
    void should_not_expect_a_release_that_was_made() {
        assertThat(places("app.Batch.flush:20")).isEmpty();
    }

    @Test
    void should_expect_a_release_elsewhere_in_the_class_when_no_method_that_was_passed_has_one() {
        assertThat(places("app.Sender.close:50")).containsExactly("Sender.close (Sender.java:50)");
    }

    @Test
    void should_expect_what_was_never_made_before_what_others_make() {
        Healthy other = new Life()
                .born("io.netty.buffer.Unpooled.buffer app.Sender.greet:60 app.Sender.send:29 app.Main.main:5")
                .put("io.netty.buffer.AbstractByteBuf.release app.Sender.send:33 app.Main.main:5")
                .healthy(100);

        Finding.Expected[] expected = expected(List.of(call("app.Sender.send:33"), call("app.Main.main:8")), other);

        assertThat(expected[0].site().brief()).isEqualTo("Main.main (Main.java:8)");
        assertThat(expected[0].support()).isZero();
        assertThat(expected[0].confidence()).isEqualTo(0.5);
        assertThat(expected[1].confidence()).isEqualTo(0.25);
    }

    @Test
    void should_keep_to_what_was_seen_when_objects_of_the_birth_ended_well() {
        Healthy same = new Life()
                .born("io.netty.buffer.Unpooled.buffer app.Sender.encode:12 app.Sender.send:30 app.Main.main:5")
                .put("io.netty.buffer.AbstractByteBuf.release app.Sender.done:70 app.Main.main:5")
                .healthy(100);

        assertThat(expected(List.of(call("app.Sender.send:33")), same))
                .extracting(expected -> expected.site().brief())
                .containsExactly("Sender.done (Sender.java:70)");
    }

    @Test
    void should_suspect_the_get_whose_class_has_a_release_that_nobody_made() {
        Life life = new Life()
                .born("io.netty.buffer.Unpooled.buffer app.Decoder.read:3 app.Main.main:5")
                .get("app.Clerk.count:7 app.Main.main:6")
                .put("app.Channel.remove:20 app.Loop.run:6");
        List<ReleaseCall> calls = List.of(call("app.Clerk.done:9"), call("app.Channel.remove:20"));

        Finding alone =
                Life.findings(List.of(life.seen(State.UNREACHABLE)), List.of()).get(0);
        Finding informed =
                Life.findings(List.of(life.seen(State.UNREACHABLE)), calls).get(0);

        assertThat(alone.suspect().confidence()).isLessThanOrEqualTo(0.5);
        assertThat(informed.suspect().site().brief()).isEqualTo("Clerk.count (Clerk.java:7)");
        assertThat(informed.expected().get(0).site().brief()).isEqualTo("Clerk.done (Clerk.java:9)");
    }

    private static List<String> expectedAfterUse(String use, Healthy healthy, String... calls) {
        Life lost = new Life()
                .born("io.netty.buffer.Unpooled.buffer app.Sender.send:30 app.Main.main:5")
                .use(use);
        return Life.findings(
                        List.of(lost.seen(State.UNREACHABLE)),
                        List.of(calls).stream().map(UnmadeCallsTest::call).toList(),
                        healthy)
                .get(0)
                .expected()
                .stream()
                .map(expected -> expected.site().brief())
                .toList();
    }

    private static final Healthy DECODED = new Life()
            .born("io.netty.buffer.Unpooled.buffer app.Sender.send:30 app.Main.main:5")
            .use("app.Decoder.decode:3 app.Loop.run:6")
            .put("io.netty.buffer.AbstractByteBuf.release app.Decoder.end:9 app.Loop.run:7")
            .healthy(100);

    @Test
    void should_expect_what_follows_the_last_use_when_healthy_objects_were_last_used_elsewhere() {
        assertThat(expectedAfterUse(
                        "app.Merger.merge:20 app.Loop.run:8", DECODED, "app.Merger.merge:12", "app.Merger.merge:25"))
                .containsExactly(
                        "Merger.merge (Merger.java:25)",
                        "Merger.merge (Merger.java:12)",
                        "Decoder.end (Decoder.java:9)");
    }

    @Test
    void should_not_go_by_the_last_use_when_others_gave_back_after_it() {
        Life shared = new Life()
                .born("io.netty.buffer.Unpooled.buffer app.Sender.send:30 app.Main.main:5")
                .get("app.Recent.put:40 app.Main.main:6")
                .use("app.Outbox.add:10 app.Main.main:7")
                .put("app.Sender.done:33 app.Main.main:8");

        Finding finding = Life.findings(
                        List.of(shared.seen(State.UNREACHABLE)),
                        List.of(call("app.Outbox.flush:12"), call("app.Recent.forget:59"), call("app.Sender.done:33")))
                .get(0);

        assertThat(finding.suspect().site().brief()).isEqualTo("Recent.put (Recent.java:40)");
        assertThat(finding.expected().get(0).site().brief()).isEqualTo("Recent.forget (Recent.java:59)");
    }

    @Test
    void should_keep_to_what_was_seen_when_healthy_objects_were_last_used_there_too() {
        assertThat(expectedAfterUse("app.Decoder.decode:3 app.Loop.run:6", DECODED, "app.Decoder.decode:5"))
                .containsExactly("Decoder.end (Decoder.java:9)");
    }

    @Test
    void should_expect_the_release_of_the_class_that_used_it_last_before_those_of_its_callers() {
        Healthy others = new Life()
                .born("io.netty.buffer.Unpooled.buffer app.Other.send:30 app.Main.main:5")
                .put("io.netty.buffer.AbstractByteBuf.release app.Outbox.remove:44 app.Loop.run:7")
                .healthy(100);

        assertThat(expectedAfterUse(
                        "app.Outbox.add:10 app.Channel.write:6",
                        others,
                        "app.Channel.write:8",
                        "app.Outbox.flush:12",
                        "app.Outbox.remove:40"))
                .containsExactly(
                        "Outbox.remove (Outbox.java:40)",
                        "Outbox.flush (Outbox.java:12)",
                        "Channel.write (Channel.java:8)");
    }

    @Test
    void should_say_that_the_code_alone_shows_it() {
        Finding finding = Life.findings(List.of(LEAKED.seen(State.UNREACHABLE)), List.of(call("app.Sender.send:33")))
                .get(0);

        assertThat(finding.summary())
                .endsWith("; no object like it was seen to be given back, but the code could at"
                        + " Sender.send (Sender.java:33).");
    }

    @Test
    void should_expect_a_release_of_the_class_that_took_before_those_of_its_callers() {
        Observation kept = new Life()
                .born("io.netty.buffer.Unpooled.buffer app.Basket.put:7 app.Farmer.bring:3 app.Main.main:5")
                .seen(State.UNREACHABLE);

        List<Finding> findings =
                Life.findings(List.of(kept), List.of(call("app.Farmer.bring:4"), call("app.Basket.empty:50")));

        assertThat(findings.get(0).expected())
                .extracting(expected -> expected.site().brief())
                .containsExactly("Basket.empty (Basket.java:50)", "Farmer.bring (Farmer.java:4)");
    }

    @Test
    void should_not_expect_a_release_beside_the_method_that_took_when_that_has_one() {
        assertThat(places("app.Sender.encode:19", "app.Sender.close:50", "app.Main.main:8"))
                .containsExactly("Sender.encode (Sender.java:19)", "Main.main (Main.java:8)");
    }

    @Test
    void should_expect_what_its_like_make_seldom_before_what_nobody_makes_elsewhere() {
        Healthy healthy = new Life()
                .born("io.netty.buffer.Unpooled.buffer app.Sender.encode:12 app.Sender.send:30 app.Main.main:5")
                .get("app.Batch.add:7 app.Sender.send:31 app.Main.main:5")
                .put("app.Batch.flush:20 app.Main.main:6")
                .put("io.netty.buffer.B.release app.Sender.encode:33 app.Sender.send:30 app.Main.main:5")
                .healthy(1);
        Observation leaked = LEAKED.seen(State.UNREACHABLE, Life.BUF, 100);

        List<Finding> findings = Life.findings(
                List.of(leaked), List.of(call("app.Sender.encode:33"), call("app.Sender.close:50")), healthy);

        assertThat(findings.get(0).expected().get(0).site().brief()).isEqualTo("Sender.encode (Sender.java:33)");
    }

    /** One that the code comes to from these lines of its method only. */
    private static ReleaseCall call(String place, Integer... from) {
        return call(place).reachedFrom(List.of(from));
    }

    private static List<String> placesOf(ReleaseCall... calls) {
        return List.of(expected(List.of(calls))).stream()
                .map(expected -> expected.site().brief())
                .toList();
    }

    @Test
    void should_expect_another_method_of_the_class_before_another_branch_of_the_one_that_took() {
        assertThat(placesOf(call("app.Sender.encode:17", 10, 16), call("app.Sender.close:50", 49)))
                .containsExactly("Sender.close (Sender.java:50)", "Sender.encode (Sender.java:17)");
        assertThat(placesOf(call("app.Sender.encode:17", 10, 12), call("app.Sender.close:50", 49)))
                .containsExactly("Sender.encode (Sender.java:17)");
    }

    @Test
    void should_expect_what_a_caller_still_comes_to_before_what_it_has_passed_by() {
        assertThat(placesOf(call("app.Main.main:8", 7), call("app.Main.main:9", 5)))
                .containsExactly("Main.main (Main.java:9)");
        assertThat(placesOf(call("app.Main.main:8", 5), call("app.Main.main:9", 5)))
                .containsExactly("Main.main (Main.java:8)", "Main.main (Main.java:9)");
    }
}
