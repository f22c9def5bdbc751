// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import dev.heldby.analysis.Finding.Kind;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.Collectors;
import picocli.CommandLine.TypeConversionException;

/** The kinds of findings as the reports spell them. */
final class KindName {
    private KindName() {}

    static Kind parse(String text) {
        for (Kind kind : Kind.values()) {
            if (kind.label().equals(text)) {
                return kind;
            }
        }
        String all = Arrays.stream(Kind.values()).map(Kind::label).collect(Collectors.joining(", "));
        throw new TypeConversionException("\"" + text + "\" is not a kind of finding; the kinds are " + all);
    }

    /** For the help text. */
    static final class Candidates implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Kind.values()).map(Kind::label).iterator();
        }
    }
}
