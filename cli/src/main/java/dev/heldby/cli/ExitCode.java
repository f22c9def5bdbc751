// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

/** The exit codes that {@code heldby --help} documents. */
final class ExitCode {
    /** Done; no findings, or none that were to fail it. */
    static final int OK = 0;
    /** Findings of a kind that {@code --fail-on} named. */
    static final int FINDINGS = 1;
    /** The request cannot be right. */
    static final int BAD_USE = 2;
    /** The request could not be carried out. */
    static final int FAILED = 3;

    private ExitCode() {}
}
