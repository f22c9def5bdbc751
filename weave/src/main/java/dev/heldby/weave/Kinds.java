// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import dev.heldby.Level;
import dev.heldby.recording.CountedKind;
import dev.heldby.recording.FollowedRule;
import dev.heldby.recording.Recorder;
import dev.heldby.weave.rules.Rule;
import dev.heldby.weave.rules.RuleBook;
import dev.heldby.weave.rules.TypeRule;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;

/** The rules as the recorder follows them, and the numbers that woven code names their counted types by. Immutable. */
public final class Kinds {
    private final Map<TypeRule, CountedKind> ofType = new IdentityHashMap<>();
    private final Map<Rule, FollowedRule> ofRule = new IdentityHashMap<>();

    /** Makes the recorder follow every rule of the book, at the level that is asked of the function. */
    public Kinds(RuleBook book, Recorder recorder, Function<Rule, Level> levelOfRule) {
        for (Rule rule : book.rules()) {
            FollowedRule followed = recorder.follow(rule.traits(), levelOfRule.apply(rule));
            ofRule.put(rule, followed);
            for (TypeRule type : rule.types()) {
                ofType.put(type, recorder.kind(followed, type.shownAs(), type.end()));
            }
        }
    }

    CountedKind of(TypeRule type) {
        return ofType.get(type);
    }

    boolean isOff(Rule rule) {
        return ofRule.get(rule).level() == Level.OFF;
    }

    /** Whether any rule records stacks now. */
    boolean anyTraced() {
        return ofType.values().stream().anyMatch(kind -> kind.rule().level().compareTo(Level.TRACE) >= 0);
    }
}
