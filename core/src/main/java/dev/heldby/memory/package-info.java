// SPDX-License-Identifier: Apache-2.0
/**
 * What a scan of the process's memory reads: which parts of it may hold references, and the words in them.
 *
 * <pre>
 * ProcessMemory ---- Mapping         a line of /proc/self/maps
 *       |            OneView         what is mapped twice, once
 *       |            PageMap         only the pages that were written
 *       |            ThreadStacks    less the dead and the unwanted parts of stacks
 *       |            JavaHeap        less the parts of the Java heap without objects
 *       |
 *       +----------- ProcFile        /proc/self/mem, where a bad address is an error and no crash
 *       |            Window          where the words arrive, and which is never read itself
 *       |
 *       +----------- Movements       whether the collector moved objects meanwhile
 * </pre>
 *
 * A scanner reads the memory it lives in. So nothing here keeps an address as it is: neither in the heap, where a
 * {@link dev.heldby.memory.Memory.Region} and the words that were read are encoded, nor off it.
 */
package dev.heldby.memory;
