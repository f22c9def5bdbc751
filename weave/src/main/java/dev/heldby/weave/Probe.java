// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import dev.heldby.weave.rules.Operation;
import dev.heldby.weave.rules.Operation.Size;
import dev.heldby.weave.rules.Operation.When;
import java.util.Objects;
import org.objectweb.asm.Type;

/**
 * An operation that goes into one method.
 *
 * @param kind the number of the counted kind
 * @param inField whether the lifecycle is in the receiver's field, else it is found by identity
 * @param seesUses whether a use that would throw if it were refused is told of when it does not
 */
record Probe(Operation operation, int kind, boolean inField, boolean seesUses) {

    /** Before the method has done anything. */
    boolean atEntry() {
        return switch (operation.word()) {
            case PUT -> operation.when() == null;
            case USE -> operation.when() == null;
            default -> false;
        };
    }

    /** When the method returns. */
    boolean atExit() {
        return switch (operation.word()) {
            case BORN, GET, BYTES -> true;
            case EXCUSE -> operation.when() == null;
            case PUT -> operation.when() == When.TRUE;
            case USE -> operation.when() == When.FALSE_REFUSES || seesUses && operation.when() == When.THROWN_REFUSES;
            case DEAD -> false;
        };
    }

    /** When the method throws. */
    boolean atThrow() {
        return switch (operation.word()) {
            case PUT -> operation.when() == null;
            case GET -> operation.when() == null && operation.target().argument() >= 0;
            case USE -> operation.when() == When.THROWN_REFUSES;
            case EXCUSE -> operation.when() == When.THROWN;
            default -> false;
        };
    }

    /**
     * Whether it does in a method what the other one does: without a field of the receiver, only a birth depends on the
     * stanza that it comes from.
     */
    boolean repeats(Probe other) {
        Operation one = operation;
        Operation two = other.operation;
        return !inField
                && !other.inField
                && one.word() != Operation.Word.BORN
                && one.word() == two.word()
                && one.target().equals(two.target())
                && one.references() == two.references()
                && one.when() == two.when()
                && Objects.equals(one.through(), two.through())
                && Objects.equals(one.size(), two.size());
    }

    /** Why it cannot go into that method, or null if it can. */
    String trouble(WovenMethod method, MethodScan scan) {
        int target = operation.target().argument();
        if (method.isStatic() && target == 0) {
            return "a static method has no receiver";
        }
        if (target < 0 && method.result().getSort() != Type.OBJECT) {
            return "its result is no object";
        }
        if (atEntry() && target < 0) {
            return "its result is not there yet when it begins";
        }
        if (atEntry() && target == 0 && method.isConstructor()) {
            return "the object is not there yet when its constructor begins";
        }
        if (operation.when() == When.TRUE || operation.when() == When.FALSE_REFUSES) {
            if (method.result().getSort() != Type.BOOLEAN) {
                return "its result is not boolean";
            }
        }
        if (!method.isStatic() && scan.writes(method.name(), method.descriptor(), 0)) {
            return "it reuses the variable of \"this\"";
        }
        String trouble = argumentTrouble(target, false, method, scan);
        trouble = trouble != null ? trouble : argumentTrouble(operation.references(), true, method, scan);
        trouble = trouble != null ? trouble : argumentTrouble(operation.unowned(), false, method, scan);
        return trouble != null || operation.size() == null ? trouble : sizeTrouble(operation.size(), method, scan);
    }

    private static String argumentTrouble(int argument, boolean number, WovenMethod method, MethodScan scan) {
        if (argument <= 0) {
            return null;
        }
        if (argument > method.parameters().length) {
            return "it has no argument " + argument;
        }
        int sort = method.parameters()[argument - 1].getSort();
        if (number ? sort != Type.INT : sort != Type.OBJECT) {
            return "argument " + argument + " is no " + (number ? "int" : "object");
        }
        return scan.writes(method.name(), method.descriptor(), method.slot(argument))
                ? "it changes its argument " + argument
                : null;
    }

    private static String sizeTrouble(Size size, WovenMethod method, MethodScan scan) {
        if (size.field() != null && method.isStatic()) {
            return "a static method has no receiver";
        }
        if (size.field() != null) {
            String type = method.fields().get(size.field());
            return "I".equals(type) || "J".equals(type) ? null : "its class has no int or long field " + size.field();
        }
        if (size.argument() > method.parameters().length) {
            return "it has no argument " + size.argument();
        }
        Type type = method.parameters()[size.argument() - 1];
        if (type.getSort() != Type.INT && type.getSort() != Type.LONG && type.getSort() != Type.ARRAY) {
            return "argument " + size.argument() + " is no number and no array";
        }
        return scan.writes(method.name(), method.descriptor(), method.slot(size.argument()))
                ? "it changes its argument " + size.argument()
                : null;
    }
}
