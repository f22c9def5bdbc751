// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench;

/** The baseline: references that nothing follows. */
final class NoReferences implements References {

    @Override
    public Object take() {
        return "";
    }

    @Override
    public void release(Object reference) {}

    @Override
    public String whileHeld(Object reference) {
        return "";
    }

    @Override
    public String afterRelease(Object reference) {
        return "";
    }
}
