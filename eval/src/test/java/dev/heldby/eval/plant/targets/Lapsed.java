// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant.targets;

/** No reference was left. */
public final class Lapsed extends RuntimeException {}
