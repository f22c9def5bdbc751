// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench;

/**
 * That a follower records at its setting what it is said to record: the stack of the take and that of the release, or
 * neither. A comparison with something that was switched off by mistake would be worth nothing.
 */
final class Proof {
    /** Some leave out the innermost frames, which are usually their own. */
    private static final int FRAMES = 5;

    private Proof() {}

    /** @throws IllegalStateException if it does not */
    static void of(Follower follower) {
        References references = follower.open().get().proof();
        Object reference = taking(FRAMES, references);
        boolean taken = references.whileHeld(reference).contains("Proof.taking(");
        releasing(FRAMES, references, reference);
        boolean released = references.afterRelease(reference).contains("Proof.releasing(");
        if (taken != follower.recordsStacks() || released != follower.recordsStacks()) {
            throw new IllegalStateException("\"" + follower.shown() + "\" must "
                    + (follower.recordsStacks() ? "" : "not ") + "record both stacks here; stack of the take recorded: "
                    + taken + ", of the release: " + released + ".");
        }
    }

    private static Object taking(int frames, References references) {
        return frames == 0 ? references.take() : taking(frames - 1, references);
    }

    private static void releasing(int frames, References references, Object reference) {
        if (frames == 0) {
            references.release(reference);
        } else {
            releasing(frames - 1, references, reference);
        }
    }
}
