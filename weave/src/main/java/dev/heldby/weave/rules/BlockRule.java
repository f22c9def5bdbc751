// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.rules;

import java.util.List;

/** One stanza: a class, with dots, whose methods allocate and free blocks of off-heap memory. */
public record BlockRule(String type, List<BlockOperation> operations, int line) {}
