// SPDX-License-Identifier: Apache-2.0
/**
 * What the recorder knows at one moment, as plain values: the only thing that leaves the watched process.
 *
 * <p>Immutable, free of the program's classes, and without any judgement: grouping by defect, pairing and wording
 * belong to the analysis that reads it.
 */
package dev.heldby.snapshot;
