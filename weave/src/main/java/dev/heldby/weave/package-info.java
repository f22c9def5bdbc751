// SPDX-License-Identifier: Apache-2.0
/** Class bytes in, class bytes out: inserts the probes that rules describe. */
package dev.heldby.weave;
