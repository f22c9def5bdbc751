// SPDX-License-Identifier: Apache-2.0
package dev.heldby.agent;

import dev.heldby.weave.Gate;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.Set;

/** What the agent needs of the module {@code java.base}: two packages opened to it, and the gate in {@code java.lang}. */
final class JavaBase {
    private JavaBase() {}

    static void open(Instrumentation instrumentation) {
        Module ours = JavaBase.class.getModule();
        instrumentation.redefineModule(
                Object.class.getModule(),
                Set.of(ours),
                Map.of("jdk.internal.misc", Set.of(ours)),
                Map.of("java.lang", Set.of(ours)),
                Set.of(),
                Map.of());
    }

    static void defineGate() throws IllegalAccessException {
        MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup()).defineClass(Gate.bytes());
    }
}
