// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;

/**
 * The field that holds an object's lifecycle.
 *
 * <p>Private, transient and synthetic, so that neither serialization nor a default {@code serialVersionUID} sees it; of
 * type {@code Object}, so that no class of ours need be visible to the woven one.
 */
final class LifecycleField {
    static final String NAME = "heldby$lifecycle";
    static final String DESCRIPTOR = "Ljava/lang/Object;";
    static final int ACCESS = Opcodes.ACC_PRIVATE | Opcodes.ACC_TRANSIENT | Opcodes.ACC_SYNTHETIC;

    private LifecycleField() {}

    /** Whether the class is one whose objects' lifecycles can all be found through a field of its own. */
    static boolean fits(ClassReader reader, List<Stanza> stanzas) {
        boolean isInterface = (reader.getAccess() & Opcodes.ACC_INTERFACE) != 0;
        boolean isRecord = "java/lang/Record".equals(reader.getSuperName());
        return !isInterface
                && !isRecord
                && stanzas.stream()
                        .anyMatch(stanza -> stanza.entry().isCountedType()
                                && stanza.entry().type().selfContained());
    }
}
