// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.LabeledStatementTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.Trees;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/** Statements that repeat, and their labels. */
abstract class Loops extends Statements {
    private @Nullable String nextLabel;

    Loops(Trees trees, Interpreter interpreter) {
        super(trees, interpreter);
    }

    /** The label of the statement that is being translated. */
    @Nullable
    String takeLabel() {
        String label = nextLabel;
        nextLabel = null;
        return label;
    }

    @Override
    public Code visitLabeledStatement(LabeledStatementTree tree, Void nothing) {
        String label = tree.getLabel().toString();
        nextLabel = label;
        Code statement = code(tree.getStatement());
        nextLabel = null;
        return frame -> {
            Object end = statement.run(frame);
            return end instanceof Jump jump && label.equals(jump.label()) && jump.leaves(label) ? null : end;
        };
    }

    /** Where a loop goes on after its body ended like that: null if it repeats. */
    private record Ended(@Nullable Object result) {}

    private static @Nullable Ended ended(@Nullable Object end, @Nullable String label) {
        if (!(end instanceof Jump jump) || jump.repeats(label)) {
            return null;
        }
        return new Ended(jump.leaves(label) ? null : jump);
    }

    @Override
    public Code visitWhileLoop(WhileLoopTree tree, Void nothing) {
        String label = takeLabel();
        return loop(condition(tree.getCondition()), code(tree.getStatement()), List.of(), label, false);
    }

    @Override
    public Code visitDoWhileLoop(DoWhileLoopTree tree, Void nothing) {
        String label = takeLabel();
        Code body = code(tree.getStatement());
        return loop(condition(tree.getCondition()), body, List.of(), label, true);
    }

    @Override
    public Code visitForLoop(ForLoopTree tree, Void nothing) {
        String label = takeLabel();
        List<Element> before = scope;
        List<Element> variables = new ArrayList<>();
        scope = variables;
        List<Code> start = codes(tree.getInitializer());
        Condition condition =
                tree.getCondition() == null ? new Condition(frame -> true, List.of()) : condition(tree.getCondition());
        List<Code> update = codes(tree.getUpdate());
        Code body = code(tree.getStatement());
        scope = before;
        Code loop = loop(condition, body, update, label, false);
        return frame -> {
            try {
                start.forEach(code -> code.run(frame));
                Object end = loop.run(frame);
                if (end != null) {
                    frame.linger(variables);
                }
                return end;
            } finally {
                frame.forget(variables);
            }
        };
    }

    private static Code loop(Condition condition, Code body, List<Code> update, @Nullable String label, boolean first) {
        return frame -> {
            int mark = frame.mark();
            boolean enter = first;
            try {
                while (enter || (Boolean) condition.code().run(frame)) {
                    enter = false;
                    Ended ended = ended(body.run(frame), label);
                    if (ended != null) {
                        return ended.result;
                    }
                    frame.release(mark);
                    frame.linger(condition.bound());
                    update.forEach(code -> code.run(frame));
                }
                return null;
            } finally {
                frame.linger(condition.bound());
            }
        };
    }

    /**
     * What is iterated over has no name and lingers: it may go as soon as no other iteration can come. That it is there for
     * each that comes shows by its elements.
     */
    @Override
    public Code visitEnhancedForLoop(EnhancedForLoopTree tree, Void nothing) {
        String label = takeLabel();
        Element variable = element(tree.getVariable());
        Condition source = condition(tree.getExpression());
        Code body = code(tree.getStatement());
        return frame -> {
            Object values = present(source.code().run(frame));
            frame.linger(source.bound());
            Iterator<?> iterator = iterator(values);
            frame.used(values);
            int mark = frame.mark();
            try {
                while (next(iterator)) {
                    frame.set(variable, iterator.next());
                    Ended ended = ended(body.run(frame), label);
                    if (ended != null) {
                        frame.linger(List.of(variable));
                        return ended.result;
                    }
                    frame.release(mark);
                    frame.forget(List.of(variable));
                }
                return null;
            } finally {
                frame.forget(List.of(variable));
            }
        };
    }

    private static boolean next(Iterator<?> iterator) {
        try {
            return iterator.hasNext();
        } catch (RuntimeException e) {
            throw new Thrown(e);
        }
    }

    private static Iterator<?> iterator(Object values) {
        return values instanceof Iterable<?> iterable
                ? iterable.iterator()
                : IntStream.range(0, Array.getLength(values))
                        .mapToObj(i -> Array.get(values, i))
                        .iterator();
    }
}
