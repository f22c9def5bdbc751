// SPDX-License-Identifier: Apache-2.0
package dev.heldby.snapshot;

import java.io.IOException;

/** Says that what was read is no snapshot this version can read. The message is one sentence that names the fix. */
public final class SnapshotFormatException extends IOException {

    public SnapshotFormatException(String message) {
        super(message);
    }

    public SnapshotFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
