// SPDX-License-Identifier: Apache-2.0
package dev.heldby.tracker;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.heldby.stress.QuietWitness;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** What {@link Directory} and {@link Tracker} promise to threads that meet. */
public class DirectoryStress {
    private static final QuietWitness QUIET = new QuietWitness("directory");
    private static final Directories DIRECTORIES = new Directories(QUIET.witness);

    private static Directory open() {
        return new Directory.Builder(DIRECTORIES, "netdev").open();
    }

    private static int won(Release release) {
        return release == Release.RELEASED ? 1 : 0;
    }

    /** Of two releases of one reference exactly one succeeds. */
    @JCStressTest
    @State
    @Outcome(id = "1, 0, 0", expect = ACCEPTABLE, desc = "The first thread released it.")
    @Outcome(id = "0, 1, 0", expect = ACCEPTABLE, desc = "The second thread released it.")
    @Outcome(expect = FORBIDDEN, desc = "Both released it, or neither did, or it is still held.")
    public static class RacingReleases {
        private final Directory directory = open();
        private final Tracker tracker = directory.take();

        @Actor
        public void release(III_Result r) {
            r.r1 = won(tracker.release());
        }

        @Actor
        public void releaseToo(III_Result r) {
            r.r2 = won(directory.release(tracker));
        }

        @Arbiter
        public void look(III_Result r) {
            r.r3 = directory.held();
            directory.close();
        }
    }

    /** Two that release neighbours in the list leave it whole. */
    @JCStressTest
    @State
    @Outcome(id = "1, 1, 2", expect = ACCEPTABLE, desc = "Both are released, and the outer two are held.")
    @Outcome(expect = FORBIDDEN, desc = "The list lost a reference, or kept one that was released.")
    public static class Neighbours {
        private final Directory directory = open();
        private final Tracker oldest = directory.take();
        private final Tracker older = directory.take();
        private final Tracker newer = directory.take();
        private final Tracker newest = directory.take();

        @Actor
        public void release(III_Result r) {
            r.r1 = won(older.release());
        }

        @Actor
        public void releaseNeighbour(III_Result r) {
            r.r2 = won(newer.release());
        }

        @Arbiter
        public void look(III_Result r) {
            directory.stripes().all().forEach(tracker -> r.r3 += tracker == oldest || tracker == newest ? 1 : -10);
            oldest.release();
            newest.release();
            directory.close();
        }
    }

    /** A reference that is taken while the directory closes is either its leak or late, and never missed. */
    @JCStressTest
    @State
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "Taken in time, and reported as a leak.")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Taken too late, and complained of.")
    @Outcome(expect = FORBIDDEN, desc = "Nobody told of it, or it was told twice.")
    public static class CloseAgainstTake {
        private final Directory directory = open();

        @Actor
        public void take() {
            directory.take();
        }

        @Actor
        public void close() {
            directory.close();
        }

        @Arbiter
        public void look(II_Result r) {
            r.r1 = QUIET.leaks(directory);
            r.r2 = QUIET.takenLate(directory);
        }
    }

    /** A reference that is released while the directory closes was released, whether or not it was called a leak. */
    @JCStressTest
    @State
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "Released, and not a leak.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Released while the report was made, or after it.")
    @Outcome(expect = FORBIDDEN, desc = "The release was refused, or the leak told twice.")
    public static class CloseAgainstRelease {
        private final Directory directory = open();
        private final Tracker tracker = directory.take();

        @Actor
        public void release(II_Result r) {
            r.r1 = won(tracker.release());
        }

        @Actor
        public void close() {
            directory.close();
        }

        @Arbiter
        public void look(II_Result r) {
            r.r2 = QUIET.leaks(directory);
        }
    }
}
