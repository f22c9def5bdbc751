// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a generated program may contain. */
enum Stage {
    /** Variables, fields, calls, control flow, inheritance. */
    A,
    /** Exceptions. */
    B,
    /** Other types that hold references: plain classes, arrays, records, enums, inner classes, lambdas, generics. */
    C,
    /** Threads. */
    D,
    /** Cycles and collections. */
    E,
    /** Statements in the middle of an expression, in the cases of a switch. */
    F;

    /** The stages of a text such as "ABC". */
    static Set<Stage> of(String letters) {
        Set<Stage> stages = EnumSet.noneOf(Stage.class);
        for (char letter : letters.toUpperCase(Locale.ROOT).toCharArray()) {
            stages.add(valueOf(String.valueOf(letter)));
        }
        return stages;
    }
}
