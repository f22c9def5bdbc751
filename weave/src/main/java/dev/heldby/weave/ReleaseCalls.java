// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import dev.heldby.snapshot.ReleaseCall;
import dev.heldby.snapshot.RuleTraits;
import dev.heldby.weave.rules.Rule;
import dev.heldby.weave.rules.RuleBook;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Finds the calls in a class that may give references back: of a method with a put's name, on a type that followed objects may
 * have, or on a helper that the rule calls plumbing and that has such a name in its own. Exception handlers are code like any other. Safe for threads.
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
        List<ReleaseCall> calls = new ArrayList<>();
        new ClassReader(classFile).accept(new Callers(calls), ClassReader.SKIP_FRAMES);
        return calls.stream().distinct().toList();
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

    private final class Callers extends ClassVisitor {
        private final List<ReleaseCall> calls;
        private String className;
        private String file;

        Callers(List<ReleaseCall> calls) {
            super(Opcodes.ASM9);
            this.calls = calls;
        }

        @Override
        public void visit(
                int version, int access, String name, String signature, String superName, String[] interfaces) {
            className = name.replace('/', '.');
        }

        @Override
        public void visitSource(String source, String debug) {
            file = source;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String method, String descriptor, String signature, String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
                private int line = -1;

                @Override
                public void visitLineNumber(int number, Label start) {
                    line = number;
                }

                @Override
                public void visitMethodInsn(int opcode, String owner, String name, String type, boolean isInterface) {
                    for (Rule rule : book.rules()) {
                        if (givesBack(rule, owner, name)) {
                            calls.add(new ReleaseCall(rule.name(), className, method, file, line));
                        }
                    }
                }
            };
        }
    }
}
