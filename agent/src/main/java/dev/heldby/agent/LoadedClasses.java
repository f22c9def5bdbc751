// SPDX-License-Identifier: Apache-2.0
package dev.heldby.agent;

import dev.heldby.weave.rules.RuleBook;
import java.lang.annotation.Annotation;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.Arrays;
import java.util.function.Predicate;

/** The classes that were loaded before they could be woven, or must be woven anew because a level changed. */
final class LoadedClasses {
    private final Instrumentation instrumentation;
    private final RuleBook book;
    private final Troubles troubles;

    LoadedClasses(Instrumentation instrumentation, RuleBook book, Troubles troubles) {
        this.instrumentation = instrumentation;
        this.book = book;
        this.troubles = troubles;
    }

    /** Has the JVM pass to the transformers again each class that a rule of that name has something to do in. */
    void reweave(Predicate<String> ruleName) {
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (!type.isArray() && !type.isHidden() && concerns(type, ruleName)) {
                reweave(type);
            }
        }
    }

    /** The same with each class of that internal name. */
    void reweaveClass(String className) {
        String name = className.replace('/', '.');
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (type.getName().equals(name) && instrumentation.isModifiableClass(type)) {
                reweave(type);
            }
        }
    }

    private boolean concerns(Class<?> type, Predicate<String> ruleName) {
        String name = type.getName().replace('.', '/');
        return book.entries(name).stream()
                        .anyMatch(entry -> ruleName.test(entry.rule().name()))
                || book.blocks(name).stream()
                        .anyMatch(entry -> ruleName.test(entry.rule().name()))
                || !book.annotations().isEmpty() && carriesAnnotation(type);
    }

    private boolean carriesAnnotation(Class<?> type) {
        try {
            return Arrays.stream(type.getDeclaredAnnotations())
                    .map(Annotation::annotationType)
                    .anyMatch(annotation -> book.annotations().contains(annotation.descriptorString()));
        } catch (RuntimeException | LinkageError e) {
            return false;
        }
    }

    private void reweave(Class<?> type) {
        try {
            instrumentation.retransformClasses(type);
        } catch (UnmodifiableClassException | RuntimeException | LinkageError e) {
            troubles.tell("The class " + type.getName() + ", loaded before, could not be woven and is left as it was: "
                    + e + ".");
        }
    }
}
