// SPDX-License-Identifier: Apache-2.0
package com.example.leaky;

/** Must be closed; {@code drawer.rules} says so. */
final class Drawer implements AutoCloseable {
    @Override
    public void close() {
        // Nothing is in it.
    }
}
