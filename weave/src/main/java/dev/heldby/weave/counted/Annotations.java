// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import org.objectweb.asm.tree.MethodNode;

/** What annotations say of methods. */
final class Annotations {
    private static final String UNCOUNTED = "Ldev/heldby/counted/Uncounted;";

    private Annotations() {}

    static boolean isUncounted(MethodNode method) {
        return method.invisibleAnnotations != null
                && method.invisibleAnnotations.stream().anyMatch(annotation -> annotation.desc.equals(UNCOUNTED));
    }
}
