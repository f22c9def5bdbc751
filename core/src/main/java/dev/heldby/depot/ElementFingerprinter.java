// SPDX-License-Identifier: Apache-2.0
package dev.heldby.depot;

/** Fingerprints a stack by its elements: works on every JVM, at the cost of making them. */
final class ElementFingerprinter implements Fingerprinter {

    @Override
    public void fingerprint(StackCapture capture, Fingerprint out) {
        out.start();
        StackTraceElement[] frames = capture.getStackTrace();
        for (int i = 1; i < Math.min(frames.length, StackDepot.MAX_FRAMES); i++) {
            StackTraceElement frame = frames[i];
            out.mix(
                    frame.getMethodName().hashCode(),
                    (long) frame.getClassName().hashCode() << 32 | frame.getLineNumber() & 0xffffffffL);
        }
    }
}
