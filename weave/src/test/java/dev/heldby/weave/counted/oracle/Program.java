// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

/**
 * One source file. It begins with its package, which is its name, and has a class {@code Main} with {@code main()}.
 *
 * <p>What a race of threads leaves behind is known only when it has happened: see {@link Races}.
 */
record Program(String name, String source, boolean race) {
    static Program of(String name, String types) {
        return new Program(name, head(name) + types, false);
    }

    static String head(String name) {
        return """
                package %s;

                import dev.heldby.counted.Counted;
                import %s;

                """.formatted(name, T.class.getName());
    }

    Program with(String changed) {
        return new Program(name, changed, race);
    }
}
