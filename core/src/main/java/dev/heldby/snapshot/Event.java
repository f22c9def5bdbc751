// SPDX-License-Identifier: Apache-2.0
package dev.heldby.snapshot;

import java.time.Instant;
import java.util.List;

/**
 * One thing that happened to a counted object.
 *
 * @param count the references left afterwards
 * @param stack innermost frame first; our own frames are already gone, so the first one is the counted type's own
 *     method, such as {@code retain}. Empty where none was recorded
 * @param inferred whether only the innermost calling site was observed and the frames outside it are those seen before
 *     at that site
 */
public record Event(Op op, int count, String thread, Instant at, List<StackTraceElement> stack, boolean inferred) {}
