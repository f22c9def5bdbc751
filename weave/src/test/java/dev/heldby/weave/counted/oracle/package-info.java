// SPDX-License-Identifier: Apache-2.0
/**
 * Random programs over counted types, and an oracle that knows when each of their objects has to be destroyed.
 *
 * <pre>
 *  Generator --Program--> Compiler --classes--> weaver --> Sandbox --Run----> Judge --> divergences
 *                            |                                                 ^
 *                            +--javac's own tree--> Translator --> Interpreter-+ Fates
 * </pre>
 *
 * The interpreter knows nothing of weaving: it executes what javac parsed, with exact scopes and a graph of the heap.
 */
package dev.heldby.weave.counted.oracle;
