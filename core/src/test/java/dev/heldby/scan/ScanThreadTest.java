// SPDX-License-Identifier: Apache-2.0
package dev.heldby.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ScanThreadTest {
    private final Program program = new Program();
    private final LinkedBlockingQueue<ScanResult> results = new LinkedBlockingQueue<>();
    private final ScanThread thread = new ScanThread(program.scanner, this::hear, 0);

    private void hear(ScanResult result) {
        results.add(result);
        throw new IllegalStateException("thrown by a listener");
    }

    @AfterEach
    void stop() {
        thread.stop();
    }

    @Test
    void should_scan_again_and_again_when_started() throws InterruptedException {
        thread.periodSeconds(1);
        thread.start();
        thread.start();

        assertThat(results.poll(30, TimeUnit.SECONDS)).isNotNull();
        assertThat(results.poll(30, TimeUnit.SECONDS)).isNotNull();
        assertThat(thread.isRunning()).isTrue();
    }

    @Test
    void should_wait_before_its_first_scan_but_not_when_it_is_started_again() throws InterruptedException {
        ScanThread late = new ScanThread(program.scanner, this::hear);
        assertThat(late.periodSeconds()).isEqualTo(600);
        late.start();
        assertThat(results.poll(100, TimeUnit.MILLISECONDS)).isNull();
        late.stop();

        late.start();
        assertThat(results.poll(30, TimeUnit.SECONDS)).isNotNull();
        late.stop();
        assertThat(late.isRunning()).isFalse();
    }

    @Test
    void should_interrupt_the_scan_and_tell_no_result_when_stopped() throws InterruptedException {
        CountDownLatch scanning = new CountDownLatch(1);
        program.onPass = () -> {
            scanning.countDown();
            program.movements++;
        };
        program.onRead = address -> {
            while (thread.isRunning()) {
                Thread.onSpinWait();
            }
        };
        thread.start();
        scanning.await();
        thread.stop();

        assertThat(results).isEmpty();
    }

    @Test
    void should_not_run_when_blocks_are_not_recorded_any_more() {
        program.scanner.off();
        thread.start();

        assertThat(thread.isRunning()).isFalse();
    }

    @Test
    void should_refuse_a_period_when_it_is_none() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> thread.periodSeconds(0))
                .withMessage("The scans cannot begin every 0 seconds: give 1 or more, or stop the thread.");
    }
}
