// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All rules in force, found by class. Immutable.
 *
 * <p>A class is looked up by its name alone: one hash of the simple name, then a comparison. No class is loaded and no
 * hierarchy is walked.
 */
public final class RuleBook {
    private final List<Rule> rules;
    private final Map<String, List<Entry>> bySimpleName = new HashMap<>();
    private final Map<String, List<Entry>> byAnnotation = new HashMap<>();
    private final List<Rule> blockRules;
    private final Map<String, List<BlockEntry>> blocksBySimpleName = new HashMap<>();

    public RuleBook(List<Rule> rules) {
        this.rules = List.copyOf(rules);
        for (Rule rule : rules) {
            for (TypeRule type : rule.types()) {
                index(rule, type);
            }
        }
        blockRules = rules.stream().filter(rule -> !rule.blocks().isEmpty()).toList();
        for (int number = 0; number < blockRules.size(); number++) {
            index(number);
        }
    }

    private void index(Rule rule, TypeRule type) {
        if (type.annotated()) {
            byAnnotation
                    .computeIfAbsent("L" + internal(type.type()) + ";", k -> new ArrayList<>())
                    .add(new Entry(rule, type, type.type()));
            return;
        }
        Set<String> owners = new LinkedHashSet<>(List.of(type.type()));
        type.operations().forEach(operation -> owners.add(owner(type, operation)));
        for (String owner : owners) {
            bySimpleName
                    .computeIfAbsent(simple(internal(owner)), k -> new ArrayList<>())
                    .add(new Entry(rule, type, owner));
        }
    }

    private void index(int number) {
        Rule rule = blockRules.get(number);
        rule.blocks().forEach(blocks -> index(rule, number, blocks));
    }

    private void index(Rule rule, int number, BlockRule blocks) {
        blocks.operations().stream()
                .map(operation -> owner(blocks, operation))
                .distinct()
                .forEach(owner -> blocksBySimpleName
                        .computeIfAbsent(simple(internal(owner)), k -> new ArrayList<>())
                        .add(new BlockEntry(rule, number, blocks, owner)));
    }

    static String owner(BlockRule blocks, BlockOperation operation) {
        String owner = operation.method().owner();
        return owner == null ? blocks.type() : owner;
    }

    static String owner(TypeRule type, Operation operation) {
        String owner = operation.method().owner();
        return owner == null ? type.type() : owner;
    }

    public List<Rule> rules() {
        return rules;
    }

    /** Those about off-heap memory. */
    public List<Rule> blockRules() {
        return blockRules;
    }

    /** What is to be done in the class of that internal name; empty for nearly all classes. */
    public List<Entry> entries(String className) {
        List<Entry> named = bySimpleName.get(simple(className));
        if (named == null) {
            return List.of();
        }
        return named.stream()
                .filter(entry -> means(entry.rule(), entry.owner(), className))
                .toList();
    }

    /** What allocates and frees off-heap memory in the class of that internal name; empty for nearly all classes. */
    public List<BlockEntry> blocks(String className) {
        List<BlockEntry> named = blocksBySimpleName.get(simple(className));
        if (named == null) {
            return List.of();
        }
        return named.stream()
                .filter(entry -> means(entry.rule(), entry.owner(), className))
                .toList();
    }

    /** The descriptors of the annotations that mark counted types. */
    public Set<String> annotations() {
        return byAnnotation.keySet();
    }

    /** What is to be done in a class that carries the annotation of that descriptor. */
    public List<Entry> annotated(String descriptor) {
        return byAnnotation.getOrDefault(descriptor, List.of());
    }

    /** What gets or puts references, by name, of the types that can have several. */
    public List<Operation> countingOperations() {
        return rules.stream()
                .flatMap(rule -> rule.types().stream())
                .filter(type -> !type.annotated() && !type.closeable())
                .flatMap(type -> type.operations().stream())
                .filter(operation -> operation.word() == Operation.Word.GET || operation.word() == Operation.Word.PUT)
                .filter(operation -> !operation.method().byAnnotation())
                .toList();
    }

    /** The names of their methods. */
    public Set<String> countingMethods() {
        Set<String> names = new LinkedHashSet<>();
        countingOperations().forEach(operation -> names.add(operation.method().name()));
        return names;
    }

    /** The destructors of the classes that are to be counted types, by internal name. */
    public Map<String, String> countedTypes() {
        Map<String, String> destructors = new HashMap<>();
        rules.forEach(rule ->
                rule.counted().forEach(counted -> destructors.put(internal(counted.type()), counted.destructor())));
        return destructors;
    }

    /** Whether the class of that internal name only carries out what its callers decide. */
    public boolean isPlumbing(String className) {
        String name = className.replace('/', '.');
        return rules.stream().anyMatch(rule -> rule.traits().isPlumbing(name));
    }

    private static boolean means(Rule rule, String owner, String className) {
        String wanted = internal(owner);
        return className.equals(wanted) || rule.shaded() && className.endsWith("/" + wanted);
    }

    private static String internal(String className) {
        return className.replace('.', '/');
    }

    private static String simple(String internalName) {
        return internalName.substring(internalName.lastIndexOf('/') + 1);
    }

    /**
     * A stanza that has something to do in one class.
     *
     * @param owner that class, with dots
     */
    public record Entry(Rule rule, TypeRule type, String owner) {

        /** Whether it is the class of the counted objects, and not one that only works on them. */
        public boolean isCountedType() {
            return owner.equals(type.type());
        }

        /** The operations that methods of this class carry out. */
        public List<Operation> operations() {
            return type.operations().stream()
                    .filter(operation -> RuleBook.owner(type, operation).equals(owner))
                    .toList();
        }
    }

    /**
     * A stanza of blocks that has something to do in one class.
     *
     * @param number the rule's, its place in {@link #blockRules}
     * @param owner that class, with dots
     */
    public record BlockEntry(Rule rule, int number, BlockRule blocks, String owner) {

        /** The operations that methods of this class carry out. */
        public List<BlockOperation> operations() {
            return blocks.operations().stream()
                    .filter(operation -> RuleBook.owner(blocks, operation).equals(owner))
                    .toList();
        }
    }
}
