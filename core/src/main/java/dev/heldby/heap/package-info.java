// SPDX-License-Identifier: Apache-2.0
/**
 * The Java heap as the JVM itself dumps it: only objects that live, where a look at memory sees dead ones too.
 *
 * <pre>
 * LiveHeap ---- DumpedHeap ---- HeapDump        the file: made, opened, gone
 *                                  ---- DumpFolder       where it is written, and nothing left
 *                          ---- DumpWords       its objects, word by word
 *                          ---- HeapRanges      where the heap lies, which is then not read itself
 * </pre>
 */
package dev.heldby.heap;
