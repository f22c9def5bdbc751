// SPDX-License-Identifier: Apache-2.0
package dev.heldby.agent;

/** The agent was asked for something that it can't do. The message is a sentence that names the value and the fix. */
final class BadOptionException extends Exception {
    private static final long serialVersionUID = 1;

    BadOptionException(String sentence) {
        super(sentence);
    }
}
