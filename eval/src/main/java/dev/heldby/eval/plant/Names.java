// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

/** Names of classes in libraries that were copied below another package. */
final class Names {
    private static final String SHADED = "shaded";

    private Names() {}

    /** The name in the library itself, for one with dots or with slashes. */
    static String unshaded(String name) {
        int at = name.indexOf(SHADED);
        return at < 0 ? name : name.substring(at + SHADED.length() + 1);
    }
}
