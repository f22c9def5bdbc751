// SPDX-License-Identifier: Apache-2.0
package dev.heldby.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ReadersTest {
    private static final int TASKS = 100;

    private final Readers readers = new Readers(new Program(), 2);

    @BeforeEach
    void begin() {
        readers.begin(() -> false);
    }

    @Test
    void should_do_each_task_once_with_two_threads_when_there_is_much_to_read() throws InterruptedException {
        AtomicIntegerArray done = new AtomicIntegerArray(TASKS);
        Set<Reading> used = ConcurrentHashMap.newKeySet();
        CountDownLatch both = new CountDownLatch(2);
        readers.each(TASKS, Long.MAX_VALUE, (reading, number) -> {
            done.incrementAndGet(number);
            if (used.add(reading)) {
                both.countDown();
                both.await();
            }
        });

        assertThat(used).hasSize(2);
        assertThat(done.toString())
                .isEqualTo(new AtomicIntegerArray(java.util.stream.IntStream.generate(() -> 1)
                                .limit(TASKS)
                                .toArray())
                        .toString());
    }

    @Test
    void should_start_no_thread_when_there_is_little_to_read() throws InterruptedException {
        Set<Thread> used = ConcurrentHashMap.newKeySet();
        readers.each(TASKS, 1000, (reading, number) -> used.add(Thread.currentThread()));

        assertThat(used).containsExactly(Thread.currentThread());
    }

    @Test
    void should_throw_what_a_helper_threw() {
        assertThatThrownBy(() -> readers.each(2, Long.MAX_VALUE, (reading, number) -> {
                    if (reading != readers.own()) {
                        throw new OutOfMemoryError("in the helper");
                    }
                    Thread.sleep(100);
                }))
                .isInstanceOf(OutOfMemoryError.class)
                .hasMessage("in the helper");
    }

    @Test
    void should_stop_the_helpers_when_the_thread_that_scans_is_interrupted() {
        CountDownLatch both = new CountDownLatch(2);
        assertThatThrownBy(() -> readers.each(2, Long.MAX_VALUE, (reading, number) -> {
                    both.countDown();
                    both.await();
                    if (reading == readers.own()) {
                        throw new InterruptedException();
                    }
                    while (true) {
                        reading.checkInterrupted();
                    }
                }))
                .isInstanceOf(InterruptedException.class);
    }
}
