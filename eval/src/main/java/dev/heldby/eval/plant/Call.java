// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

/**
 * A method that takes or gives back a reference, as a list of calls names it.
 *
 * @param owner internal name; empty for a method of any class but the JDK's, an asterisk for any class
 * @param type its descriptor, or the beginning of it if what it returns does not matter
 */
record Call(boolean get, String owner, String name, String type) {

    /** Reads {@code [OWNER.]NAME(ARGUMENTS)RESULT}, with {@code *.} for any class and {@code *} for any result. */
    static Call parse(boolean get, String text) {
        int bracket = text.indexOf('(');
        int dot = text.lastIndexOf('.', bracket);
        String owner = dot < 0 ? "" : text.substring(0, dot).replace('.', '/');
        String type = text.substring(bracket);
        return new Call(
                get,
                owner,
                text.substring(dot + 1, bracket),
                type.endsWith("*") ? type.substring(0, type.length() - 1) : type);
    }

    boolean fits(String calledOwner, String calledName, String calledType) {
        if (!calledName.equals(name) || !calledType.startsWith(type)) {
            return false;
        }
        return switch (owner) {
            case "*" -> true;
            case "" -> !calledOwner.startsWith("java/");
            default -> Names.unshaded(calledOwner).equals(owner);
        };
    }
}
