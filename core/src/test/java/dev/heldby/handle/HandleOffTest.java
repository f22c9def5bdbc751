// SPDX-License-Identifier: Apache-2.0
package dev.heldby.handle;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.heldby.Behaviour;
import dev.heldby.recording.Probes;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HandleOffTest {
    private static final int PAIRS = 1_000_000;
    private static final long A_FEW = 4096;

    @Test
    @Behaviour("PC-8")
    void should_return_the_same_handle_and_allocate_nothing_when_the_library_is_off() throws Exception {
        assertThat(ChildJvm.run(Program.class, "-Dheldby.level=off").lines())
                .containsExactly(
                        "retain gives the same handle: true",
                        "view gives the target: true",
                        "get gives the target: true",
                        "count: 2",
                        "a million pairs allocate next to nothing: true",
                        "destroyed: 1",
                        "the second view is the target still: true",
                        "rules: 0");
    }

    /** What the child does. */
    static final class Program {
        public static void main(String[] args) {
            Runnable target = () -> {};
            AtomicInteger destroyed = new AtomicInteger();
            Handle<Runnable> handle = Handle.of(target, each -> destroyed.incrementAndGet());
            System.out.println("retain gives the same handle: " + (handle.retain() == handle));
            System.out.println("view gives the target: " + (handle.view(Runnable.class) == target));
            System.out.println("get gives the target: " + (handle.get() == target));
            System.out.println("count: " + handle.count());
            System.out.println("a million pairs allocate next to nothing: " + (allocatedByPairs(handle) < A_FEW));
            for (int i = 0; i < 3; i++) {
                handle.close();
            }
            System.out.println("destroyed: " + destroyed.get());
            System.out.println("the second view is the target still: " + (handle.view(Runnable.class) == target));
            System.out.println("rules: " + Probes.recorder().rules().size());
        }

        private static long allocatedByPairs(Handle<Runnable> handle) {
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long thread = Thread.currentThread().getId();
            long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < PAIRS; i++) {
                handle.retain().get().run();
                handle.close();
            }
            return threads.getThreadAllocatedBytes(thread) - before;
        }
    }
}
