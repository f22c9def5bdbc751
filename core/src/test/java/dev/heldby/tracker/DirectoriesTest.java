// SPDX-License-Identifier: Apache-2.0
package dev.heldby.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heldby.Behaviour;
import dev.heldby.Level;
import dev.heldby.library.Library;
import dev.heldby.recording.Reaper;
import dev.heldby.snapshot.Observation;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DirectoriesTest {
    private final Library library = Library.full("directory");
    private final Directories directories = new Directories(library.witness);

    private Directory open() {
        return new Directory.Builder(directories, "netdev").open();
    }

    @Test
    void should_count_a_reference_as_traced_when_its_stack_is_recorded() {
        Library counting = new Library("directory", Level.COUNT);
        new Directories(counting.witness).open("netdev", 0, 0).take();
        open().take();

        assertThat(counting.running().coverage().traced()).isZero();
        assertThat(library.running().coverage().traced()).isEqualTo(1);
    }

    @Test
    @Behaviour("RT-26")
    void should_show_the_same_groups_until_it_is_closed_and_then_refuse() throws Exception {
        Directory directory = open();
        assertThat(directories.report("netdev@1")).isEmpty();
        Tracker tracker = directory.take();

        assertThat(directories.report("netdev@1")).isNotEmpty().isEqualTo(directory.report());
        readWhileTakingAndReleasing(directory);
        tracker.release();
        directory.close();

        assertThatThrownBy(() -> directories.report("netdev@1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("No open directory is named \"netdev@1\": it was closed, or there never was one.");
    }

    private void readWhileTakingAndReleasing(Directory directory) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService pool = Executors.newSingleThreadExecutor();
        Future<Integer> reader = pool.submit(() -> {
            int reports = 0;
            while (!done.get()) {
                assertThat(directories.report("netdev@1")).matches("(?s)(netdev@1 has [1-3]/[1-3] users at\n.*)+");
                reports++;
            }
            return reports;
        });
        for (int i = 0; i < 20_000; i++) {
            Tracker first = directory.take();
            Tracker second = directory.take();
            first.release();
            second.release();
        }
        done.set(true);
        assertThat(reader.get()).isPositive();
        pool.shutdown();
    }

    @Test
    void should_be_readable_by_jmx_while_the_program_runs() throws Exception {
        Directory directory = Directory.named("over-jmx");
        Tracker tracker = directory.take();
        Directories.ofProcess().register();
        Directories.ofProcess().register();
        ObjectName name = new ObjectName("dev.heldby:type=Directories");

        assertThat(ManagementFactory.getPlatformMBeanServer()
                        .invoke(name, "report", new Object[] {directory.toString()}, new String[] {
                            String.class.getName()
                        }))
                .isEqualTo(directory.report());
        tracker.release();
        directory.close();
    }

    @Test
    void should_list_the_open_directories_with_what_they_hold() {
        Directory first = open();
        Directory second = open();
        second.alias("eth1");
        second.take();
        open().close();

        assertThat(directories.getHeld()).isEqualTo(Map.of("netdev@1", 0, "netdev@2 (eth1)", 1));
        first.close();
    }

    @Test
    @Behaviour("RT-27")
    void should_let_one_of_racing_releases_win_and_stay_silent_for_those_who_share_nothing() throws Exception {
        int threads = 8;
        Directory directory = open();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<?>> own = IntStream.range(0, threads)
                .<Future<?>>mapToObj(seed -> pool.submit(() -> takeAndRelease(directory, new Random(seed))))
                .toList();
        for (Future<?> each : own) {
            each.get();
        }
        assertThat(library.complaints()).isEmpty();

        for (int round = 0; round < 200; round++) {
            assertThat(winners(directory.take(), threads, pool)).isEqualTo(1);
        }
        assertThat(library.kinds()).hasSize(200 * (threads - 1)).containsOnly("double-release");
        directory.close();
        assertThat(library.kinds()).doesNotContain("leak");
        pool.shutdown();
    }

    private static void takeAndRelease(Directory directory, Random random) {
        List<Tracker> mine = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            if (mine.isEmpty() || random.nextBoolean()) {
                mine.add(directory.take());
            } else {
                mine.remove(random.nextInt(mine.size())).release();
            }
        }
        mine.forEach(Tracker::release);
    }

    private static int winners(Tracker tracker, int threads, ExecutorService pool) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        AtomicInteger won = new AtomicInteger();
        List<Future<?>> releases = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            releases.add(pool.submit(() -> {
                start.await();
                return tracker.release() == Release.RELEASED ? won.incrementAndGet() : 0;
            }));
        }
        start.countDown();
        for (Future<?> release : releases) {
            release.get();
        }
        return won.get();
    }

    @Test
    void should_find_each_lost_reference_when_the_directory_is_dropped_unclosed() throws Exception {
        library.recorder.reaper().start();
        Tracker kept = takeAndDrop();

        awaitObservations();

        assertThat(library.observations()).singleElement().satisfies(lost -> {
            assertThat(lost.state()).isEqualTo(Observation.State.UNREACHABLE);
            assertThat(lost.type()).isEqualTo("netdev");
            assertThat(lost.count()).isEqualTo(1);
            assertThat(lost.example().birth().get(0).getMethodName()).isEqualTo("takeAndDrop");
        });
        assertThat(kept.release()).isEqualTo(Release.RELEASED);
        assertThat(library.complaints()).isEmpty();
        assertThat(library.atExit().observations()).hasSize(1);
    }

    /** One reference is lost with the directory, one is kept, one is released. */
    private Tracker takeAndDrop() {
        Directory directory = open();
        directory.take();
        directory.take().release();
        return directory.take();
    }

    private void awaitObservations() throws InterruptedException {
        for (int i = 0; i < 100 && library.observations().isEmpty(); i++) {
            Reaper.collect(library.recorder, Duration.ofMillis(200));
            Thread.sleep(20);
        }
    }

    @Test
    void should_count_what_was_followed_also_in_closed_directories() {
        Directory closed = open();
        closed.take().release();
        closed.close();
        open().take();

        assertThat(library.running().coverage().lifecycles()).isEqualTo(2);
        assertThat(library.running().coverage().live()).isEqualTo(1);
    }
}
