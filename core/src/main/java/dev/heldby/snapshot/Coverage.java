// SPDX-License-Identifier: Apache-2.0
package dev.heldby.snapshot;

import java.util.List;

/**
 * How much of what happened was recorded.
 *
 * @param lifecycles objects followed since the start
 * @param live those that hold references now
 * @param traced those with a full history
 * @param dropped records that were given up for want of room or because their rule was switched off
 * @param troubles one sentence for each thing that failed; empty unless the recording is unreliable
 */
public record Coverage(long lifecycles, long live, long traced, long dropped, List<String> troubles) {}
