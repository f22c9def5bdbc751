// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.rules;

import dev.heldby.snapshot.RuleTraits;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is to be followed of one library.
 *
 * @param source the file it was read from, for messages
 * @param shaded whether copies of its classes under another package prefix are followed too
 * @param optional whether it is off unless its level is set by its name
 * @param blocks the classes that allocate and free off-heap memory
 * @param counted the classes whose references the weaver is to count
 */
public record Rule(
        RuleTraits traits,
        String source,
        boolean shaded,
        boolean optional,
        List<TypeRule> types,
        List<BlockRule> blocks,
        List<CountedRule> counted) {

    public String name() {
        return traits.name();
    }

    /** The names of the methods that give references back. */
    public Set<String> putMethods() {
        return types.stream()
                .flatMap(type -> type.operations().stream())
                .filter(operation -> operation.word() == Operation.Word.PUT)
                .filter(operation -> !operation.method().byAnnotation())
                .map(operation -> operation.method().name())
                .collect(Collectors.toUnmodifiableSet());
    }
}
