// SPDX-License-Identifier: Apache-2.0
/**
 * Follows counted objects from birth to death.
 *
 * <pre>
 * woven code -> Probes -> Recorder -> Lifecycle (its Trail of events)
 *                            |            |
 *                         LiveSet      Reaper -> Observations, HealthyLives -> Snapshot
 * </pre>
 */
package dev.heldby.recording;
