// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

/** One source file. It begins with its package, which is its name, and has a class {@code Main} with {@code main()}. */
record Program(String name, String source) {
    static Program of(String name, String body) {
        return new Program(name, """
                package %s;

                import dev.heldby.counted.Counted;
                import %s;

                %s""".formatted(name, T.class.getName(), body));
    }
}
