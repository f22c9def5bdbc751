// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import dev.heldby.snapshot.Observation.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the births of which ever more objects lie idle while the others end well. Decision 16 says why by these numbers.
 *
 * <p>Used once, by one thread, while the program runs. Costs a walk through the live set and a word for each idle object, and takes no
 * lock but that of one object at a time. The objects stay as they are: what is given back later is not told of again.
 */
final class Growth {
    /** So many times as long as the longest life that ended well an object is to lie idle. */
    private static final int TIMES = 16;

    private static final int FEWEST_IDLE = 32;
    private static final int FEWEST_HEALTHY = 256;

    /** Equal parts of the time, in each of which at least a quarter of the mean was born. */
    private static final int PARTS = 8;

    private final Recorder recorder;
    private final long leastMicros;
    private final long now;

    /** @param least how long an object is to lie idle in any case */
    Growth(Recorder recorder, Duration least) {
        this.recorder = recorder;
        leastMicros = least.toNanos() / 1000;
        now = recorder.clock.micros(System.nanoTime());
    }

    Observations observations() {
        Map<BirthPlace, List<Lifecycle>> idle = new IdentityHashMap<>();
        recorder.live.forEach(lifecycle -> {
            BirthPlace place = lifecycle.birthPlace;
            if (place != null && isIdle(lifecycle, place)) {
                idle.computeIfAbsent(place, k -> new ArrayList<>()).add(lifecycle);
            }
        });
        Observations growing = new Observations();
        idle.forEach((place, lives) -> {
            if (grows(
                    place,
                    lives.stream().mapToLong(Lifecycle::bornMicros).sorted().toArray())) {
                recorder.uses.lost(place);
                recorder.escapes().lost(place);
                lives.forEach(lifecycle -> tell(lifecycle, growing));
            }
        });
        return growing;
    }

    private boolean isIdle(Lifecycle lifecycle, BirthPlace place) {
        synchronized (lifecycle) {
            return lifecycle.isHeld()
                    && lifecycle.trail != null
                    && now - lifecycle.trail.lastTouched() > limitMicros(place);
        }
    }

    private long limitMicros(BirthPlace place) {
        return Math.max(leastMicros, TIMES * place.lifetimes.longestMicros());
    }

    /** @param births of the idle ones, in order */
    private boolean grows(BirthPlace place, long[] births) {
        long limit = limitMicros(place);
        long span = now - limit - births[0];
        return births.length >= FEWEST_IDLE
                && place.healthy.total() >= Math.max(FEWEST_HEALTHY, births.length)
                && births[births.length - 1] < place.lifetimes.lastBornMicros()
                && span >= limit
                && isSteady(births, span);
    }

    private static boolean isSteady(long[] births, long span) {
        int[] parts = new int[PARTS];
        for (long birth : births) {
            parts[(int) Math.min(PARTS - 1, (birth - births[0]) * PARTS / span)]++;
        }
        for (int part : parts) {
            if (part < births.length / (4 * PARTS)) {
                return false;
            }
        }
        return true;
    }

    private void tell(Lifecycle lifecycle, Observations growing) {
        synchronized (lifecycle) {
            if (lifecycle.isHeld()) {
                growing.add(State.GROWING, lifecycle.subject(lifecycle.scope, lifecycle.trail), 1, now);
            }
        }
    }
}
