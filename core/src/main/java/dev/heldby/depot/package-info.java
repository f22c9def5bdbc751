// SPDX-License-Identifier: Apache-2.0
/** Stacks, each stored once and known by a small number, after the kernel's {@code stackdepot}. */
package dev.heldby.depot;
