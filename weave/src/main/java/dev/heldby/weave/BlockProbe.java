// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import dev.heldby.weave.rules.BlockOperation;
import dev.heldby.weave.rules.BlockOperation.Address;
import dev.heldby.weave.rules.BlockOperation.Word;
import org.objectweb.asm.Type;

/**
 * An operation on blocks that is to go into a method.
 *
 * @param rule its rule's number
 */
record BlockProbe(BlockOperation operation, int rule) {

    /** Why it cannot go there, or null if it can. */
    String trouble(WovenMethod method) {
        if (method.isNative()) {
            return "it is native; name a method that calls it, with \"of field NAME\" if the address is kept in one";
        }
        if (method.isConstructor() && operation.word() == Word.FREE) {
            return "a constructor frees nothing";
        }
        String trouble = addressTrouble(operation.address(), method);
        return trouble != null || operation.size() == null || operation.size().argument() == 0
                ? trouble
                : argumentTrouble(operation.size().argument(), true, method);
    }

    private static String addressTrouble(Address address, WovenMethod method) {
        if (address.isResult()) {
            return method.result().getSort() == Type.LONG ? null : "its result is no long";
        }
        if (address.field() == null) {
            return argumentTrouble(address.argument(), false, method);
        }
        if (method.isStatic()) {
            return "a static method has no receiver";
        }
        return "J".equals(method.fields().get(address.field()))
                ? null
                : "its class has no long field " + address.field();
    }

    private static String argumentTrouble(int argument, boolean isSize, WovenMethod method) {
        if (argument > method.parameters().length) {
            return "it has no argument " + argument;
        }
        int sort = method.parameters()[argument - 1].getSort();
        return sort == Type.LONG || isSize && sort == Type.INT
                ? null
                : "argument " + argument + " is no " + (isSize ? "number" : "long");
    }
}
