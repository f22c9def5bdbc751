// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The lists of calls that are in force: what is counted, what takes and gives back, whose code is passed over.
 *
 * <pre>
 *  counted TYPE        its objects and those of its subtypes are meant
 *  put, get METHOD     as {@link Call#parse} reads it
 *  refused TYPE        an exception that says that no reference was left
 *  life TYPE born METHOD... begun METHOD... get METHOD... put METHOD...
 *                      the class that holds the count, and its methods that change it, each with its descriptor
 *                      or without
 *  plumbing PREFIX     code that carries out what its caller decided
 * </pre>
 */
final class Calls {
    private final Set<String> counted = new HashSet<>();
    private final Set<String> refused = new HashSet<>();
    private final List<Call> calls = new ArrayList<>();
    private final List<String> plumbing = new ArrayList<>();
    private final Map<String, Map<String, LifeEvent>> lives = new HashMap<>();

    /** What a method does to the count. */
    enum LifeEvent {
        BORN,
        /** As BORN, with no reference yet. */
        BEGUN,
        GET,
        PUT
    }

    static Calls named(List<String> names) throws IOException {
        Calls all = new Calls();
        for (String name : names) {
            try (InputStream in = Calls.class.getResourceAsStream(name + ".calls")) {
                if (in == null) {
                    throw new IOException("there is no list of calls named " + name);
                }
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                        .forEach(all::add);
            }
        }
        return all;
    }

    private void add(String line) {
        String[] words = line.split("\\s+");
        switch (words[0]) {
            case "counted" -> counted.add(words[1]);
            case "refused" -> refused.add(words[1].replace('.', '/'));
            case "put" -> calls.add(Call.parse(false, words[1]));
            case "get" -> calls.add(Call.parse(true, words[1]));
            case "plumbing" -> plumbing.add(words[1].replace('.', '/'));
            case "life" ->
                lives.put(
                        words[1].replace('.', '/'), methods(Arrays.asList(words).subList(2, words.length)));
            default -> throw new IllegalArgumentException("unknown word in a list of calls: " + line);
        }
    }

    private static Map<String, LifeEvent> methods(List<String> words) {
        Map<String, LifeEvent> methods = new HashMap<>();
        LifeEvent event = LifeEvent.BORN;
        for (String word : words) {
            switch (word) {
                case "born" -> event = LifeEvent.BORN;
                case "begun" -> event = LifeEvent.BEGUN;
                case "get" -> event = LifeEvent.GET;
                case "put" -> event = LifeEvent.PUT;
                default -> methods.put(word, event);
            }
        }
        return methods;
    }

    Optional<Call> fitting(String owner, String name, String type) {
        return calls.stream().filter(call -> call.fits(owner, name, type)).findFirst();
    }

    boolean names(String method) {
        return calls.stream().anyMatch(call -> call.name().equals(method));
    }

    /** Whether the class has methods that change a count. */
    boolean hasLife(String className) {
        return lives.containsKey(Names.unshaded(className));
    }

    /** What a method of such a class does to the count; null for nothing. */
    LifeEvent event(String className, String method, String descriptor) {
        Map<String, LifeEvent> methods = lives.getOrDefault(Names.unshaded(className), Map.of());
        return methods.getOrDefault(method + descriptor, methods.get(method));
    }

    boolean isRefusal(String className) {
        return refused.contains(Names.unshaded(className));
    }

    boolean isPlumbing(String className) {
        String name = Names.unshaded(className);
        return plumbing.stream().anyMatch(name::startsWith);
    }

    boolean isCounted(Class<?> type) {
        if (type == null) {
            return false;
        }
        return counted.contains(Names.unshaded(type.getName()))
                || isCounted(type.getSuperclass())
                || Arrays.stream(type.getInterfaces()).anyMatch(this::isCounted);
    }
}
