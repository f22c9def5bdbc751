// SPDX-License-Identifier: Apache-2.0
/**
 * Which off-heap blocks there are, after the kernel's {@code kmemleak}: a record of each, and for each scan an index of them.
 *
 * <pre>
 * BlockProbes ---- Door                         what woven code calls, and where its reports go
 *                    |
 * Blocks ---- BlockStripe, BlockStripe, ...    a share of the start addresses, each with its lock
 *    |             |
 *    |        BlockRecords                     five words a block, at a slot that does not move
 *    |
 * BlockIndex ---- PageFilter                   the blocks of one moment by address, for a scan
 *            ---- SlotsByAddress               how they are put in that order
 * </pre>
 */
package dev.heldby.block;
