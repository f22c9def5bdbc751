// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What a command line did when it was typed: its exit code and its two outputs. */
record Typed(int exitCode, String out, String err) {
    static Typed heldby(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.execute(new PrintWriter(out), new PrintWriter(err), args);
        return new Typed(exitCode, out.toString(), err.toString());
    }
}
