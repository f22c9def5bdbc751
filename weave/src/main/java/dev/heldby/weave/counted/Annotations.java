// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** What annotations say of classes and methods. */
final class Annotations {
    private static final String COUNTED = "Ldev/heldby/counted/Counted;";
    private static final String UNCOUNTED = "Ldev/heldby/counted/Uncounted;";

    private Annotations() {}

    /** Whether {@code @Counted} names the method of the class that gives a reference back. */
    static boolean namesRelease(ClassNode node) {
        return node.invisibleAnnotations != null
                && node.invisibleAnnotations.stream()
                        .anyMatch(annotation -> annotation.desc.equals(COUNTED)
                                && annotation.values != null
                                && annotation.values.contains("release"));
    }

    static boolean isUncounted(MethodNode method) {
        return method.invisibleAnnotations != null
                && method.invisibleAnnotations.stream().anyMatch(annotation -> annotation.desc.equals(UNCOUNTED));
    }
}
