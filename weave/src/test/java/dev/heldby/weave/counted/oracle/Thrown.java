// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

/** An exception of the interpreted program on its way. */
final class Thrown extends RuntimeException {
    final transient Object exception;

    Thrown(Object exception) {
        super(null, null, false, false);
        this.exception = exception;
    }
}
