// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.heldby.analysis.Site;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A line of a method. In result lines it is {@code class:method:file:line}. */
record Place(String className, String method, String file, int line) {

    static Place of(Site site) {
        return new Place(site.className(), site.method(), String.valueOf(site.file()), site.line());
    }

    @JsonCreator
    static Place parse(String text) {
        String[] parts = text.split(":", -1);
        return new Place(parts[0], parts[1], parts[2], Integer.parseInt(parts[3]));
    }

    /** Innermost first, with bars between, as the planter writes them. */
    static List<Place> parseAll(String text) {
        return text.isEmpty()
                ? new ArrayList<>()
                : Arrays.stream(text.split("\\|")).map(Place::parse).toList();
    }

    boolean sameAs(Place other) {
        return className.equals(other.className) && method.equals(other.method) && line == other.line;
    }

    /** As it stands in a stack trace. */
    String inTrace() {
        return className + '.' + method + '(' + file + ':' + line + ')';
    }

    @JsonValue
    @Override
    public String toString() {
        return className + ':' + method + ':' + file + ':' + line;
    }
}
