// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import java.nio.file.Path;
import java.util.StringJoiner;

/** The text behind the agent's jar: {@code key=value} pairs with commas between. */
final class AgentOptions {
    private final StringJoiner text = new StringJoiner(",");

    AgentOptions set(String key, Object value) {
        text.add(key + "=" + value);
        return this;
    }

    /** An absolute path, since the watched program may have another working directory. */
    AgentOptions set(String key, Path file) throws Failure {
        Path absolute = file.toAbsolutePath();
        if (absolute.toString().indexOf(',') >= 0) {
            throw Failure.badUse("the path '" + absolute
                    + "' has a comma, which separates the agent's options; move the file to a path without one.");
        }
        return set(key, (Object) absolute);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
