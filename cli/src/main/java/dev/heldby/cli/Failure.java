// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import org.jspecify.annotations.Nullable;

/** Why a command ends without doing what was asked: one sentence for the person who asked, and an exit code. */
final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private Failure(int exitCode, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.exitCode = exitCode;
    }

    /** The request itself cannot be right. */
    static Failure badUse(String sentence) {
        return new Failure(ExitCode.BAD_USE, sentence, null);
    }

    static Failure badUse(Exception e) {
        return new Failure(ExitCode.BAD_USE, String.valueOf(e.getMessage()), e);
    }

    /** The request was right and could not be carried out. */
    static Failure failed(String sentence, @Nullable Throwable cause) {
        return new Failure(ExitCode.FAILED, sentence, cause);
    }

    static Failure failed(String sentence) {
        return failed(sentence, null);
    }

    int exitCode() {
        return exitCode;
    }
}
