// SPDX-License-Identifier: Apache-2.0
package dev.heldby.history;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A pattern for names: {@code *} stands for any characters, {@code ?} for any one, all else for itself. Immutable. */
record Glob(Pattern pattern) {

    static Glob of(String glob) {
        String regex = glob.codePoints()
                .mapToObj(Character::toString)
                .map(each -> each.equals("*") ? ".*" : each.equals("?") ? "." : Pattern.quote(each))
                .collect(Collectors.joining());
        return new Glob(Pattern.compile(regex, Pattern.DOTALL));
    }

    boolean matches(String name) {
        return pattern.matcher(name).matches();
    }
}
