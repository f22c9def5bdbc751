// SPDX-License-Identifier: Apache-2.0
/** Locks for what takes a few instructions. */
package dev.heldby.lock;
