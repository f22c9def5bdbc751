// SPDX-License-Identifier: Apache-2.0
package dev.heldby.junit;

import dev.heldby.recording.ScopeWatch;

/** The agent as found in this JVM. Not to be touched before its jar is on the boot class path. */
final class InstalledAgent {
    static final String NOT_STARTED = "the agent did not start; its line on the error stream says why.";

    private InstalledAgent() {}

    /** Why it cannot be used, as a sentence, or null. */
    static String trouble() {
        if (ScopeWatch.class.getClassLoader() != null) {
            return "the recorder was loaded from the class path before the agent was installed, so that woven code"
                    + " reports to another one.";
        }
        return ScopeWatch.installed() == null ? NOT_STARTED : null;
    }
}
