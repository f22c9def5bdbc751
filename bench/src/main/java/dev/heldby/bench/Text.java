// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What a throwable prints, with its causes and what it suppressed; empty for none. */
final class Text {
    private Text() {}

    static String of(Throwable throwable) {
        StringWriter text = new StringWriter();
        if (throwable != null) {
            throwable.printStackTrace(new PrintWriter(text));
        }
        return text.toString();
    }
}
