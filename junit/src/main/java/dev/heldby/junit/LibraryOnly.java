// SPDX-License-Identifier: Apache-2.0
package dev.heldby.junit;

import dev.heldby.Level;
import dev.heldby.recording.Probes;
import dev.heldby.recording.Recorder;
import dev.heldby.recording.ScopeWatch;
import dev.heldby.recording.Snapshots;
import java.util.List;

/**
 * The watch over tests in a JVM where the tracking library was used before the agent could be attached: the agent would bring
 * a second library, so only what uses the first one is watched.
 */
final class LibraryOnly {
    private static final String TROUBLE =
            "The tracking library was used before the first watched test, so the agent was"
                    + " not attached: only what uses the library is watched. Add -javaagent:heldby-agent.jar=level=full,mode=junit"
                    + " to the command line of the tests' JVM.";

    private LibraryOnly() {}

    /** Whether the library was used in this JVM without the agent. Touches none of its classes. */
    static boolean isInUse() {
        return System.getProperty("heldby.library") != null;
    }

    static void install(String level) {
        Recorder recorder = Probes.recorder();
        recorder.setLibraryLevel(Level.named(level));
        new ScopeWatch(recorder, new Snapshots(recorder, "unknown", "junit", List.of(TROUBLE))).install();
    }
}
