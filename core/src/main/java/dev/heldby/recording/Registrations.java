// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import java.util.ArrayList;
import java.util.List;

/**
 * What is to be registered with the platform's management, which must not be started before the program. Safe for threads; each
 * registration is done once, by one thread at a time.
 */
final class Registrations {
    private final List<Runnable> waiting = new ArrayList<>();
    private boolean areOpen;

    /** Does all that wait; from now on each is done at once. */
    synchronized void open() {
        areOpen = true;
        waiting.forEach(Runnable::run);
        waiting.clear();
    }

    synchronized void add(Runnable registration) {
        if (areOpen) {
            registration.run();
        } else {
            waiting.add(registration);
        }
    }
}
