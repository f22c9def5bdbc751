// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.rules;

import dev.heldby.recording.CountedKind.End;
import java.util.List;

/**
 * One stanza: a counted type and the operations on it.
 *
 * @param type the class, with dots; for an annotated stanza the annotation that the classes carry
 * @param shownAs the name to report it under, or null for each object's own class
 * @param closeable whether a put when nothing is left is allowed, as with {@code close()}
 */
public record TypeRule(
        String type, boolean annotated, String shownAs, boolean closeable, List<Operation> operations, int line) {

    /** How the objects end. */
    public End end() {
        if (operations.stream().anyMatch(operation -> operation.word() == Operation.Word.DEAD)) {
            return End.TOLD;
        }
        return closeable ? End.LAST_PUT_IDEMPOTENT : End.LAST_PUT;
    }

    /**
     * Whether all operations that need the object's lifecycle each time are methods of the type itself, so that a field of the
     * type can hold it.
     */
    public boolean selfContained() {
        return operations.stream().allMatch(operation -> switch (operation.word()) {
            case BYTES, EXCUSE -> true;
            default ->
                operation.when() == Operation.When.FALSE_REFUSES
                        || operation.method().owner() == null
                                && operation.target().equals(Operation.Target.SELF)
                                && operation.unowned() == 0;
        });
    }
}
