// SPDX-License-Identifier: Apache-2.0
package dev.heldby.agent;

/** The agent's control calls, registered as {@code dev.heldby:type=Control}. */
public interface ControlMXBean {

    /** Each rule in force and its level, as {@code NAME=LEVEL}. */
    String[] getRules();

    /**
     * Changes a rule's level from now on.
     *
     * @throws IllegalArgumentException with a sentence, for an unknown rule or level
     */
    void setLevel(String rule, String level);

    /** One line for each probe that is in place. */
    String[] woven();

    /**
     * What is known now, as a snapshot file's bytes.
     *
     * @param collectFirst whether to collect garbage before, so that what has become unreachable is known
     */
    byte[] snapshot(boolean collectFirst);
}
