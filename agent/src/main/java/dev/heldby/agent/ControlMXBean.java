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

    /**
     * Does what a command about off-heap blocks says, and returns what there is to say: {@code scan}, {@code scan=on}, {@code
     * scan=off}, {@code scan=SECONDS}, {@code stack=on}, {@code stack=off}, {@code precise}, {@code clear}, {@code dump=ADDRESS} or {@code off}. An
     * empty one lists the leaks that scans have reported.
     *
     * @throws IllegalArgumentException with a sentence, for what is no command
     * @throws IllegalStateException with a sentence, if blocks are not recorded
     */
    String blocks(String command);

    /** One line for each probe that is in place. */
    String[] woven();

    /**
     * What is known now, as a snapshot file's bytes.
     *
     * @param collectFirst whether to collect garbage before, so that what has become unreachable is known
     */
    byte[] snapshot(boolean collectFirst);
}
