// SPDX-License-Identifier: Apache-2.0
package dev.heldby.depot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.depot.Fingerprinter.Fingerprint;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecordChainsTest {
    private final RecordChains chains = new RecordChains();
    private final List<StackRecord> records =
            IntStream.range(0, 4).mapToObj(RecordChainsTest::inOneChain).toList();

    private static Fingerprint fingerprint(int number) {
        Fingerprint fingerprint = new Fingerprint();
        fingerprint.low = number;
        return fingerprint;
    }

    private static StackRecord inOneChain(int number) {
        return new StackRecord(fingerprint(number), number + 1, List.of(), 1);
    }

    @Test
    void should_find_all_others_when_one_of_a_chain_is_unlinked() {
        for (StackRecord gone : records) {
            records.forEach(chains::link);
            chains.unlink(gone);

            for (int i = 0; i < records.size(); i++) {
                StackRecord record = records.get(i);
                assertThat(chains.find(fingerprint(i))).isSameAs(record == gone ? null : record);
            }
            records.stream().filter(record -> record != gone).forEach(chains::unlink);
        }
    }

    @Test
    void should_still_lead_to_its_successors_when_it_is_unlinked() {
        records.forEach(chains::link);
        StackRecord gone = records.get(2);

        chains.unlink(gone);

        assertThat(gone.next).isSameAs(records.get(1));
    }
}
