// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ParanoidTest {
    private static List<String> report(String... records) {
        List<String> lines = new java.util.ArrayList<>();
        lines.add(
                "SEVERE: LEAK: ByteBuf.release() was not called before it's garbage-collected. See https://netty.io/");
        lines.add("Recent access records: ");
        for (int i = 0; i < records.length; i++) {
            lines.add(i + 1 < records.length ? "#" + (i + 1) + ":" : "Created at:");
            lines.add("\tio.netty.buffer.AdvancedLeakAwareByteBuf.retain(AdvancedLeakAwareByteBuf.java:1)");
            lines.add("\t" + records[i]);
        }
        lines.add(": 3 leak records were discarded because the leak record count is targeted to 4.");
        lines.add("Nov 21, 2026 3:00:00 PM something else");
        return lines;
    }

    @Test
    void should_find_the_place_among_several_records() {
        Paranoid paranoid = Paranoid.of(
                7,
                report("Other.other(Other.java:1)", "app//Cache.put(Cache.java:10)", "Maker.make(Maker.java:3)"),
                Samples.leftOut());
        assertThat(paranoid).isEqualTo(new Paranoid(7, 1, true, false));
    }

    @Test
    void should_take_the_most_recent_record_for_singled_out() {
        assertThat(Paranoid.of(7, report("Cache.put(Cache.java:10)", "Maker.make(Maker.java:3)"), Samples.leftOut())
                        .singled())
                .isTrue();
    }

    @Test
    void should_not_find_what_is_not_there() {
        assertThat(Paranoid.of(7, report("Cache.put(Cache.java:11)"), Samples.leftOut()))
                .isEqualTo(new Paranoid(7, 1, false, false));
    }
}
