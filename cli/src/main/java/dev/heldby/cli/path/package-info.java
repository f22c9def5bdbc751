// SPDX-License-Identifier: Apache-2.0
/**
 * Who holds what, in a heap dump.
 *
 * <pre>
 * ShortestPath ---- Roots         what the collector begins with
 *              ---- References    what an object holds: objects, and words that may be addresses
 *              ---- Target        what is looked for: objects, or blocks of off-heap memory
 * </pre>
 */
@NullMarked
package dev.heldby.cli.path;

import org.jspecify.annotations.NullMarked;
