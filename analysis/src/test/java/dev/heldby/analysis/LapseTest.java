// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.snapshot.Observation.State;
import org.junit.jupiter.api.Test;

class LapseTest {
    private static final String BIRTH = "io.netty.buffer.Pool.take app.Sender.send:10 app.W.main:3";
    private static final String KEEP = "io.netty.buffer.B.retain app.Cache.keep:20 app.Sender.send:11 app.W.main:3";
    private static final String PUT = "io.netty.buffer.B.release app.Sender.send:12 app.W.main:3";
    private static final String USE = "io.netty.buffer.B.getByte app.Sender.send:13 app.W.main:3";

    private static Life sent() {
        return new Life().born(BIRTH).get(KEEP).put(PUT);
    }

    @Test
    void should_name_the_use_the_put_before_it_and_the_holder() {
        Finding finding = Life.finding(sent().use(USE).seen(State.LAPSED_VARIABLE));

        assertThat(finding.kind()).isEqualTo(Finding.Kind.LAPSED_USE);
        assertThat(finding.suspect().confidence()).isEqualTo(1);
        assertThat(finding.summary())
                .isEqualTo("Sender.send (Sender.java:13) uses a PooledUnsafeDirectByteBuf through a reference that was"
                        + " given back at Sender.send (Sender.java:12), while what Cache.keep (Cache.java:20) took is"
                        + " still held.");
    }

    @Test
    void should_name_the_put_of_the_method_that_uses_it_when_another_came_later() {
        Life life = sent().get("io.netty.buffer.B.retain app.Log.write:5 app.Sender.send:12 app.W.main:3")
                .put("io.netty.buffer.B.release app.Log.write:6 app.Sender.send:12 app.W.main:3")
                .use(USE);

        assertThat(Life.finding(life.seen(State.LAPSED_VARIABLE)).summary())
                .contains("given back at Sender.send (Sender.java:12)");
    }

    @Test
    void should_be_less_sure_when_the_variable_is_a_parameter() {
        Finding finding = Life.finding(sent().use(USE).seen(State.LAPSED_PARAMETER));

        assertThat(finding.suspect().confidence()).isEqualTo(0.75);
        assertThat(finding.doubt()).isEqualTo("its caller may hold a reference of its own while it is used");
    }

    @Test
    void should_not_name_a_holder_when_the_method_took_references_itself() {
        Life life = new Life()
                .born(BIRTH)
                .get("io.netty.buffer.B.retain app.Sender.send:11 app.W.main:3")
                .put(PUT)
                .use(USE);

        assertThat(Life.finding(life.seen(State.LAPSED_VARIABLE)).summary()).endsWith(", while others still hold it.");
    }

    @Test
    void should_say_that_no_place_is_known_when_no_stack_was_recorded() {
        Finding finding = Life.finding(new Life().use("").seen(State.LAPSED_VARIABLE));

        assertThat(finding.suspect()).isNull();
        assertThat(finding.summary())
                .startsWith("1 x PooledUnsafeDirectByteBuf used through a reference that was given");
    }
}
