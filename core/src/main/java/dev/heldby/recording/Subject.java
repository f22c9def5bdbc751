// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

/**
 * What an observation is of: an object with references, or one reference.
 *
 * @param type the name to report it under
 * @param scope the one to report it in, or null
 * @param trail its events; whoever keeps them copies them. Null if not traced
 * @param bytes its size, 0 where unknown
 * @param note what is wrong in words, where the state alone does not say it; else empty
 */
public record Subject(FollowedRule rule, String type, Scope scope, Trail trail, long bytes, String note) {}
