// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench;

import dev.heldby.tracker.Directory;
import dev.heldby.tracker.Tracker;
import java.util.function.Supplier;

/** Ours: a directory's trackers. A report shows the stack of the take, the quarantine of the proof that of the release. */
final class HeldByReferences implements References {
    private final Directory directory;

    private HeldByReferences(Directory directory) {
        this.directory = directory;
    }

    static Supplier<References> resource() {
        Directory directory = Directory.named("bench");
        return () -> new HeldByReferences(directory);
    }

    @Override
    public Object take() {
        return directory.take();
    }

    @Override
    public void release(Object reference) {
        ((Tracker) reference).release();
    }

    @Override
    public String whileHeld(Object reference) {
        return directory.report();
    }

    @Override
    public String afterRelease(Object reference) {
        return directory.recentlyReleased();
    }

    @Override
    public References proof() {
        return new HeldByReferences(Directory.builder("proof").quarantine(1).open());
    }
}
