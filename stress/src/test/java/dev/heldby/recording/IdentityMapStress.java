// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.stream.Stream;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/** Threads that put, find and remove objects of one bucket of an {@link IdentityMap} do not disturb each other. */
public final class IdentityMapStress {
    /* As many bits of the hash as choose a stripe and, in one that has not grown, a bucket. */
    private static final int NEIGHBOURS = (1 << 10) - 1;
    private static final int ROOM = 16;

    /** Objects that a new map has in one bucket, one more than make it grow. */
    private static final Object[] OBJECTS = Stream.generate(Object::new)
            .filter(object -> (System.identityHashCode(object) & NEIGHBOURS) == 1)
            .limit(ROOM + 1)
            .toArray();

    private static final Object ONE = OBJECTS[0];
    private static final Object TWO = OBJECTS[1];

    private IdentityMapStress() {}

    /** Each thread finds what it put and nothing after it removed that, whatever the other does. */
    @JCStressTest
    @State
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Each found its own, and only what was kept is there.")
    @Outcome(expect = FORBIDDEN, desc = "An object was not found, or found after it was removed.")
    public static class TwoObjects {
        private final IdentityMap map = new IdentityMap();
        private final Lifecycle one = Lifecycles.lifecycle(ONE);
        private final Lifecycle two = Lifecycles.lifecycle(TWO);
        private boolean found;

        @Actor
        public void putAndRemove(II_Result r) {
            map.put(ONE, one);
            boolean there = map.find(ONE) == one;
            map.remove(one);
            r.r1 = there && map.find(ONE) == null ? 1 : 0;
        }

        @Actor
        public void put() {
            map.put(TWO, two);
            found = map.find(TWO) == two;
        }

        @Arbiter
        public void find(II_Result r) {
            r.r2 = found && map.find(TWO) == two && map.find(ONE) == null ? 1 : 0;
        }
    }

    /** A lifecycle that two threads remove is gone, and its neighbour stays. */
    @JCStressTest
    @State
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Gone, and its neighbour there.")
    @Outcome(expect = FORBIDDEN, desc = "It is still there, or its neighbour went with it.")
    public static class RemovedTwice {
        private final IdentityMap map = new IdentityMap();
        private final Lifecycle one = Lifecycles.lifecycle(ONE);
        private final Lifecycle two = Lifecycles.lifecycle(TWO);

        public RemovedTwice() {
            map.put(ONE, one);
            map.put(TWO, two);
        }

        @Actor
        public void remove() {
            map.remove(one);
        }

        @Actor
        public void removeToo() {
            map.remove(one);
        }

        @Arbiter
        public void find(II_Result r) {
            r.r1 = map.find(ONE) == null ? 1 : 0;
            r.r2 = map.find(TWO) == two ? 1 : 0;
        }
    }

    /** What is in the map is found while it grows. */
    @JCStressTest
    @State
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "Found.")
    @Outcome(expect = FORBIDDEN, desc = "Not found while another thread's put made the map grow.")
    public static class FoundWhileGrowing {
        private final IdentityMap map = new IdentityMap();
        private final Lifecycle[] lifecycles =
                Stream.of(OBJECTS).map(Lifecycles::lifecycle).toArray(Lifecycle[]::new);

        public FoundWhileGrowing() {
            for (int i = 0; i < ROOM; i++) {
                map.put(OBJECTS[i], lifecycles[i]);
            }
        }

        @Actor
        public void put() {
            map.put(OBJECTS[ROOM], lifecycles[ROOM]);
        }

        @Actor
        public void find(Z_Result r) {
            r.r1 = map.find(ONE) == lifecycles[0];
        }
    }
}
