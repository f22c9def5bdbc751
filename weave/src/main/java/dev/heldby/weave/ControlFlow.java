// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicInterpreter;
import org.objectweb.asm.tree.analysis.BasicValue;

/**
 * Which lines of a method may run before an instruction of it does, in one call of the method: by the edges of its control flow
 * backwards, those to exception handlers included. For one thread.
 */
final class ControlFlow extends Analyzer<BasicValue> {
    private final InsnList code;
    private final List<BitSet> before;

    private ControlFlow(MethodNode method) {
        super(new BasicInterpreter());
        code = method.instructions;
        before = Stream.generate(BitSet::new).limit(code.size()).toList();
    }

    /** Code that cannot be followed may run in any order. */
    static ControlFlow of(String className, MethodNode method) {
        ControlFlow flow = new ControlFlow(method);
        try {
            flow.analyze(className, method);
        } catch (AnalyzerException e) {
            flow.before.forEach(earlier -> earlier.set(0, flow.code.size()));
        }
        return flow;
    }

    /** In order; the line of the instruction itself only if that is more than one, or comes again. */
    Set<Integer> linesBefore(int instruction) {
        BitSet seen = new BitSet();
        Deque<Integer> open = new ArrayDeque<>(List.of(instruction));
        while (!open.isEmpty()) {
            before.get(open.remove()).stream()
                    .filter(earlier -> !seen.get(earlier))
                    .forEach(earlier -> {
                        seen.set(earlier);
                        open.add(earlier);
                    });
        }
        return lines(seen);
    }

    private Set<Integer> lines(BitSet instructions) {
        Set<Integer> lines = new TreeSet<>();
        int line = -1;
        for (int i = 0; i < code.size(); i++) {
            line = code.get(i) instanceof LineNumberNode number ? number.line : line;
            if (instructions.get(i) && code.get(i).getOpcode() >= 0) {
                lines.add(line);
            }
        }
        return lines;
    }

    @Override
    protected void newControlFlowEdge(int instruction, int next) {
        before.get(next).set(instruction);
    }

    @Override
    protected boolean newControlFlowExceptionEdge(int instruction, int handler) {
        before.get(handler).set(instruction);
        return true;
    }
}
