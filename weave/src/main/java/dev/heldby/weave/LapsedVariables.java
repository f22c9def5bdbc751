// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import dev.heldby.recording.Probes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.Frame;

/**
 * The variables of one method, as {@link Definition}s, that references may be given back through and that anything else is done with, and the calls
 * through them.
 *
 * @param calls of each definition
 */
record LapsedVariables(Map<Definition, List<Call>> calls) {
    /** Room on the stack for what the other probes push. */
    private static final int PROBES_STACK = 8;

    /**
     * A call through a variable.
     *
     * @param kind what it may count on it: {@link Probes#TAKES}, {@link Probes#GIVES} and {@link Probes#OF_PARAMETER} that are so, added
     */
    record Call(MethodInsnNode instruction, int kind) {}

    static LapsedVariables of(String className, MethodNode method, CountedCalls counted) throws AnalyzerException {
        LapsedVariables none = new LapsedVariables(Map.of());
        if (!givesAny(method, counted)) {
            return none;
        }
        method.maxStack += PROBES_STACK;
        Frame<BasicValue>[] frames = analyzer(counted).analyze(className, method);
        Set<Definition> given = given(method, frames, counted);
        return given.isEmpty() ? none : new LapsedVariables(calls(method, frames, counted, given));
    }

    private static boolean givesAny(MethodNode method, CountedCalls counted) {
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof MethodInsnNode call && counted.given(call) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static Analyzer<BasicValue> analyzer(CountedCalls counted) {
        return new Analyzer<>(new Definitions()) {
            @Override
            protected Frame<BasicValue> newFrame(int variables, int stack) {
                return new DefinitionFrame(variables, stack, counted);
            }

            @Override
            protected Frame<BasicValue> newFrame(Frame<? extends BasicValue> frame) {
                return new DefinitionFrame((DefinitionFrame) frame);
            }
        };
    }

    private static Set<Definition> given(MethodNode method, Frame<BasicValue>[] frames, CountedCalls counted) {
        Set<Definition> given = new LinkedHashSet<>();
        for (int i = 0; i < frames.length; i++) {
            if (method.instructions.get(i) instanceof MethodInsnNode call && frames[i] != null) {
                Definition definition = ((DefinitionFrame) frames[i]).operand(call, counted.given(call));
                if (definition != null) {
                    given.add(definition);
                }
            }
        }
        return given;
    }

    private static Map<Definition, List<Call>> calls(
            MethodNode method, Frame<BasicValue>[] frames, CountedCalls counted, Set<Definition> given) {
        Map<Definition, List<Call>> calls = new LinkedHashMap<>();
        for (int i = 0; i < frames.length; i++) {
            if (method.instructions.get(i) instanceof MethodInsnNode call && frames[i] != null) {
                DefinitionFrame frame = (DefinitionFrame) frames[i];
                Definition through = through(call, frame, counted, given);
                if (through != null) {
                    calls.computeIfAbsent(through, k -> new ArrayList<>())
                            .add(new Call(call, kind(call, through, frame, counted)));
                }
            }
        }
        calls.values().removeIf(ofOne -> ofOne.size() == 1);
        return calls;
    }

    /** The subject of the call, or what it hands to plumbing, if references are given back through that anywhere. */
    private static Definition through(
            MethodInsnNode call, DefinitionFrame frame, CountedCalls counted, Set<Definition> given) {
        Definition subject = frame.subject(call);
        if (subject != null && given.contains(subject)) {
            return subject;
        }
        int operands = counted.isPlumbing(call) ? DefinitionFrame.operands(call) : 0;
        for (int i = 0; i < operands; i++) {
            if (frame.operand(call, i) != null && given.contains(frame.operand(call, i))) {
                return frame.operand(call, i);
            }
        }
        return null;
    }

    private static int kind(MethodInsnNode call, Definition through, DefinitionFrame frame, CountedCalls counted) {
        return (frame.takesForItsResult(call) ? 0 : Probes.TAKES)
                + (counted.given(call) >= 0 ? Probes.GIVES : 0)
                + (through.isParameter() ? Probes.OF_PARAMETER : 0);
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }
}
