// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import java.util.List;

/**
 * A class with its probes.
 *
 * @param hasField whether it got the field that holds a lifecycle
 * @param probes one line for each probe: what, where, by which rule
 * @param troubles one sentence for each probe that could not be inserted
 */
public record WovenClass(byte[] bytes, boolean hasField, List<String> probes, List<String> troubles) {}
