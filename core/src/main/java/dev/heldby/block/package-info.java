// SPDX-License-Identifier: Apache-2.0
/** Blocks of off-heap memory: what allocated and freed them is reported here. */
package dev.heldby.block;
