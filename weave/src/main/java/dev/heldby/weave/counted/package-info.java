// SPDX-License-Identifier: Apache-2.0
/** Counted types: weaves the counting of references into the classes of a program. */
package dev.heldby.weave.counted;
