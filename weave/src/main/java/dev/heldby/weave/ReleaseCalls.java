// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import dev.heldby.snapshot.ReleaseCall;
import dev.heldby.snapshot.RuleTraits;
import dev.heldby.weave.rules.Rule;
import dev.heldby.weave.rules.RuleBook;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Finds the calls in a class that may give references back: of a method with a put's name, on a type that followed objects may
 * have, or on a helper that the rule calls plumbing and that has such a name in its own. Exception handlers are code like any other. With each goes
 * from where in its method the code may come to it. Safe for threads.
 */
public final class ReleaseCalls {
    private final RuleBook book;
    private final BiPredicate<String, Rule> isGivenBack;
    private final Map<String, Set<String>> helpers;

    /**
     * @param isGivenBack whether a call on the class of that internal name may reach a put of that rule
     * @param helpers by rule, names of methods in plumbing that give back, besides the rule's puts
     */
    public ReleaseCalls(RuleBook book, BiPredicate<String, Rule> isGivenBack, Map<String, Set<String>> helpers) {
        this.book = book;
        this.isGivenBack = isGivenBack;
        this.helpers = helpers;
    }

    /** Those of one class, in order; one for each line. */
    public List<ReleaseCall> of(byte[] classFile) {
        ClassNode type = new ClassNode();
        new ClassReader(classFile).accept(type, ClassReader.SKIP_FRAMES);
        Map<ReleaseCall, Set<Integer>> from = new LinkedHashMap<>();
        for (MethodNode method : type.methods) {
            if (givesBack(method)) {
                addAll(type, method, from);
            }
        }
        return from.entrySet().stream()
                .map(entry -> entry.getKey().reachedFrom(List.copyOf(entry.getValue())))
                .toList();
    }

    private boolean givesBack(MethodNode method) {
        return Stream.of(method.instructions.toArray())
                .anyMatch(instruction -> book.rules().stream().anyMatch(rule -> givesBack(rule, instruction)));
    }

    private void addAll(ClassNode type, MethodNode method, Map<ReleaseCall, Set<Integer>> from) {
        ControlFlow flow = ControlFlow.of(type.name, method);
        int line = -1;
        for (int i = 0; i < method.instructions.size(); i++) {
            AbstractInsnNode instruction = method.instructions.get(i);
            line = instruction instanceof LineNumberNode number ? number.line : line;
            for (Rule rule : book.rules()) {
                if (givesBack(rule, instruction)) {
                    ReleaseCall call = new ReleaseCall(
                            rule.name(), type.name.replace('/', '.'), method.name, type.sourceFile, line, List.of());
                    from.computeIfAbsent(call, none -> new TreeSet<>()).addAll(flow.linesBefore(i));
                }
            }
        }
    }

    private boolean givesBack(Rule rule, AbstractInsnNode instruction) {
        return instruction instanceof MethodInsnNode call && givesBack(rule, call.owner, call.name);
    }

    private boolean givesBack(Rule rule, String owner, String method) {
        boolean put = rule.putMethods().contains(method);
        return put && isGivenBack.test(owner, rule)
                || rule.traits().isPlumbing(owner.replace('/', '.')) && (put || isHelper(rule, owner, method));
    }

    private boolean isHelper(Rule rule, String owner, String method) {
        return helpers.getOrDefault(rule.name(), Set.of()).contains(method)
                || !RuleTraits.isJdk(owner.replace('/', '.'))
                        && rule.putMethods().stream().anyMatch(put -> isNamedAfter(put, method));
    }

    /** As {@code safeRelease} and {@code releaseAll} are after {@code release}, but {@code released} is not. */
    static boolean isNamedAfter(String put, String method) {
        boolean begins = method.startsWith(put)
                && method.length() > put.length()
                && Character.isUpperCase(method.charAt(put.length()));
        return begins || method.endsWith(Character.toUpperCase(put.charAt(0)) + put.substring(1));
    }
}
