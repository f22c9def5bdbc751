// SPDX-License-Identifier: Apache-2.0
package dev.heldby.agent;

import dev.heldby.recording.Code;
import dev.heldby.snapshot.ReleaseCall;
import dev.heldby.weave.ReleaseCalls;
import dev.heldby.weave.rules.Rule;
import dev.heldby.weave.rules.RuleBook;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The code of the loaded classes, as their class loaders find it. Any thread. Costs a walk through all loaded classes, and
 * the reading of those that are asked for; what was made while the program ran, or is not found again, is left out.
 */
final class ProgramCode implements Code {
    private final Instrumentation instrumentation;
    private final RuleBook book;

    ProgramCode(Instrumentation instrumentation, RuleBook book) {
        this.instrumentation = instrumentation;
        this.book = book;
    }

    @Override
    public List<ReleaseCall> releaseCalls(Set<String> classNames, Map<String, Set<String>> helpers) {
        if (classNames.isEmpty()) {
            return List.of();
        }
        Map<String, Class<?>> loaded = loaded();
        Map<Rule, Set<Class<?>>> holders = new HashMap<>();
        book.rules().forEach(rule -> holders.put(rule, holders(rule, loaded.values())));
        ReleaseCalls calls = new ReleaseCalls(
                book,
                (owner, rule) -> withSupertypes(loaded.get(owner)).anyMatch(holders.get(rule)::contains),
                helpers);
        List<ReleaseCall> found = new ArrayList<>();
        for (String name : classNames) {
            byte[] code = code(loaded.get(name.replace('.', '/')));
            if (code != null) {
                found.addAll(calls.of(code));
            }
        }
        return List.copyOf(found);
    }

    /** By internal name. Of several of one name, in several loaders, one stands for all. */
    private Map<String, Class<?>> loaded() {
        Map<String, Class<?>> loaded = new HashMap<>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            loaded.put(type.getName().replace('.', '/'), type);
        }
        return loaded;
    }

    private static byte[] code(Class<?> type) {
        if (type == null || type.getClassLoader() == null) {
            return null;
        }
        String resource = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getClassLoader().getResourceAsStream(resource)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException | RuntimeException e) {
            return null; // A jar that is gone by now, or a loader that is closed.
        }
    }

    /** The types by which a program may hold an object of the rule and give it back: those that declare a put's method. */
    private Set<Class<?>> holders(Rule rule, Collection<Class<?>> loaded) {
        Set<String> methods = rule.putMethods();
        return loaded.stream()
                .filter(type -> book.entries(type.getName().replace('.', '/')).stream()
                        .anyMatch(entry -> entry.rule().equals(rule) && entry.isCountedType()))
                .flatMap(ProgramCode::withSupertypes)
                .distinct()
                .filter(type -> declaresAny(type, methods))
                .collect(Collectors.toSet());
    }

    private static boolean declaresAny(Class<?> type, Set<String> methods) {
        try {
            return Arrays.stream(type.getDeclaredMethods()).anyMatch(method -> methods.contains(method.getName()));
        } catch (LinkageError e) {
            return false; // A type in a signature is missing; no one has called such a method.
        }
    }

    private static Stream<Class<?>> withSupertypes(Class<?> type) {
        if (type == null) {
            return Stream.empty();
        }
        Stream<Class<?>> supertypes = Stream.concat(
                withSupertypes(type.getSuperclass()),
                Arrays.stream(type.getInterfaces()).flatMap(ProgramCode::withSupertypes));
        return Stream.concat(Stream.of(type), supertypes);
    }
}
