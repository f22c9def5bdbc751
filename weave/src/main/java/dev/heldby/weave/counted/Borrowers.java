// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import java.util.Set;

/**
 * Methods outside the program that are known not to keep their arguments when they have returned. An object that is passed to
 * any other is lent for good: it is never destroyed, since nobody can know when that method's keeper is done with it.
 */
final class Borrowers {
    private static final Set<String> NAMES =
            Set.of("equals", "hashCode", "toString", "getClass", "compareTo", "compare", "clone", "close", "finalize");

    private static final Set<String> CLASSES = Set.of(
            "java/lang/String",
            "java/lang/StringBuilder",
            "java/lang/StringBuffer",
            "java/lang/System",
            "java/lang/Class",
            "java/lang/Object",
            "java/lang/Record",
            "java/lang/Enum",
            "java/io/PrintStream",
            "java/io/PrintWriter",
            "java/util/Objects",
            "java/lang/ref/Reference",
            "java/lang/Iterable");

    private Borrowers() {}

    /** @param declaring the class that declares the method, or the one that the code names */
    static boolean keepsNothing(String declaring, String method) {
        return NAMES.contains(method)
                || declaring.startsWith("dev/heldby/counted/")
                || CLASSES.contains(declaring)
                || declaring.equals("java/util/Arrays") && !method.startsWith("asList") && !method.startsWith("fill");
    }
}
