// SPDX-License-Identifier: Apache-2.0
package dev.heldby.junit;

import com.sun.tools.attach.VirtualMachine;

/**
 * The program that attaches the agent to the tests' JVM, which may not do so itself. Runs alone, without the rest of
 * this module.
 */
final class Attacher {
    private Attacher() {}

    /** Takes the process id, the agent's jar and the agent's options. */
    public static void main(String[] args) throws Exception {
        VirtualMachine jvm = VirtualMachine.attach(args[0]);
        try {
            jvm.loadAgent(args[1], args[2]);
        } finally {
            jvm.detach();
        }
    }
}
