// SPDX-License-Identifier: Apache-2.0
package dev.heldby.agent;

import dev.heldby.weave.Gate;

/** Makes sure, before the program starts, that woven code reaches the recorder on this JVM. */
final class SelfTest {
    private SelfTest() {}

    /** A sentence that says what does not work, or null. */
    static String failure() {
        try {
            Class<?> gate = Class.forName(Gate.NAME.replace('/', '.'), true, ClassLoader.getSystemClassLoader());
            Object found = gate.getMethod("find", Object.class).invoke(null, new Object());
            return found == null ? null : "the gate answered for an object that it cannot know";
        } catch (ReflectiveOperationException | LinkageError e) {
            return "woven code cannot reach the recorder: " + e;
        }
    }
}
