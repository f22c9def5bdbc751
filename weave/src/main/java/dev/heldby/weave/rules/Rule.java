// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.rules;

import dev.heldby.snapshot.RuleTraits;
import java.util.List;

/**
 * What is to be followed of one library.
 *
 * @param source the file it was read from, for messages
 * @param shaded whether copies of its classes under another package prefix are followed too
 */
public record Rule(RuleTraits traits, String source, boolean shaded, List<TypeRule> types) {

    public String name() {
        return traits.name();
    }
}
