// SPDX-License-Identifier: Apache-2.0
/** Stacks, each stored once and known by a small number. */
package dev.heldby.depot;
