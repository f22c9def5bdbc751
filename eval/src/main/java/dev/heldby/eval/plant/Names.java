// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

import java.util.List;

/** Names of classes in libraries that were copied below another package. */
final class Names {
    private static final String SHADED = "shaded";
    private static final List<String> JDK = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");

    private Names() {}

    /** The name in the library itself, for one with dots or with slashes. */
    static String unshaded(String name) {
        int at = name.indexOf(SHADED);
        return at < 0 ? name : name.substring(at + SHADED.length() + 1);
    }

    /** Whether a class, by its name with dots or with slashes, is the JDK's own. */
    static boolean isJdk(String name) {
        return JDK.stream().anyMatch(name.replace('/', '.')::startsWith);
    }
}
