// SPDX-License-Identifier: Apache-2.0
package dev.heldby.depot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StackRecordTest {

    private static StackRecord counted(int count) {
        return new StackRecord(new Fingerprinter.Fingerprint(), 1, List.of(), count);
    }

    @Test
    void should_not_come_back_when_it_is_reclaimed() {
        StackRecord record = counted(1);

        assertThat(record.decrementUnlessLast()).isFalse();
        assertThat(record.decrementLast()).isTrue();

        assertThat(record.increment()).isFalse();
        assertThat(record.decrementUnlessLast()).isFalse();
        assertThat(record.decrementLast()).isFalse();
        assertThat(record.count()).isZero();
    }

    @Test
    void should_become_permanent_when_the_count_overflows() {
        StackRecord record = counted(Integer.MAX_VALUE);

        assertThat(record.increment()).isTrue();

        assertThat(record.isPermanent()).isTrue();
        assertThat(record.decrementUnlessLast()).isFalse();
        assertThat(record.decrementLast()).isFalse();
    }

    @Test
    void should_stay_permanent_when_the_count_beside_it_overflows() {
        StackRecord record = counted(Integer.MAX_VALUE);
        assertThat(record.makePermanent()).isTrue();
        assertThat(record.makePermanent()).isFalse();

        assertThat(record.increment()).isTrue();

        assertThat(record.isPermanent()).isTrue();
        assertThat(record.count()).isEqualTo(Integer.MAX_VALUE);
    }
}
