// SPDX-License-Identifier: Apache-2.0
/**
 * Which off-heap blocks nothing points to, after the kernel's {@code kmemleak}: the scan, its thread and its commands.
 *
 * <pre>
 * ScanControl ---- ScanThread ---- Scanner ---- Scan         one scan, its passes and its judgement
 *                                                |
 *                                             Marking        references counted, gray blocks queued
 *                                                |
 *                                             Outside        what of a region is in no block
 *                                             Neighbours     blocks that are read at once
 *                                                |
 *                                             Readers        the threads that read
 *                                             Reading        words of memory
 * </pre>
 */
package dev.heldby.scan;
