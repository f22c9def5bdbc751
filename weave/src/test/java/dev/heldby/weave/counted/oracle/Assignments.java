// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.util.Trees;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/** Places that hold a value, and what reads and changes them. */
abstract class Assignments extends Context {
    /** What the place's own expressions gave is handed to each access. */
    interface Place {
        default List<Code> parts() {
            return List.of();
        }

        @Nullable
        Object get(Frame frame, @Nullable Object[] parts);

        void set(Frame frame, @Nullable Object[] parts, @Nullable Object value);
    }

    private record Local(Element variable) implements Place {
        @Override
        public @Nullable Object get(Frame frame, @Nullable Object[] parts) {
            return frame.get(variable);
        }

        @Override
        public void set(Frame frame, @Nullable Object[] parts, @Nullable Object value) {
            frame.set(variable, value);
        }
    }

    private record Static(Interpreter interpreter, VariableElement field) implements Place {
        @Override
        public @Nullable Object get(Frame frame, @Nullable Object[] parts) {
            ClassCode owner = owner();
            return owner == null ? new Jdk(interpreter).constant(field) : interpreter.statics.get(field);
        }

        @Override
        public void set(Frame frame, @Nullable Object[] parts, @Nullable Object value) {
            owner();
            interpreter.statics.put(field, value);
        }

        private @Nullable ClassCode owner() {
            ClassCode owner = interpreter.classes.get((TypeElement) field.getEnclosingElement());
            if (owner != null && field.getConstantValue() == null) {
                interpreter.initialise(owner);
            }
            return owner;
        }
    }

    private record Field(Code target, Element field) implements Place {
        @Override
        public List<Code> parts() {
            return List.of(target);
        }

        @Override
        public @Nullable Object get(Frame frame, @Nullable Object[] parts) {
            return ((Obj) Expressions.present(parts[0])).fields.get(field);
        }

        @Override
        public void set(Frame frame, @Nullable Object[] parts, @Nullable Object value) {
            ((Obj) Expressions.present(parts[0])).fields.put(field, value);
        }
    }

    private record Cell(Code array, Code index) implements Place {
        @Override
        public List<Code> parts() {
            return List.of(array, index);
        }

        @Override
        public @Nullable Object get(Frame frame, @Nullable Object[] parts) {
            return Array.get(parts[0], checked(parts));
        }

        @Override
        public void set(Frame frame, @Nullable Object[] parts, @Nullable Object value) {
            Array.set(parts[0], checked(parts), value);
        }

        private static int checked(@Nullable Object[] parts) {
            int length = Array.getLength(Expressions.present(parts[0]));
            int index = (Integer) parts[1];
            if (index < 0 || index >= length) {
                throw Interpreter.thrown(new ArrayIndexOutOfBoundsException(index));
            }
            return index;
        }
    }

    Assignments(Trees trees, Interpreter interpreter) {
        super(trees, interpreter);
    }

    /** Null if the expression names no variable. */
    private @Nullable Place place(ExpressionTree tree) {
        if (tree instanceof ArrayAccessTree cell) {
            return new Cell(code(cell.getExpression()), code(cell.getIndex()));
        }
        if (!(element(tree) instanceof VariableElement variable)) {
            return null;
        }
        if (isLocal(variable)) {
            return new Local(variable);
        }
        if (variable.getModifiers().contains(Modifier.STATIC)) {
            return new Static(interpreter, variable);
        }
        return new Field(
                tree instanceof MemberSelectTree select
                        ? code(select.getExpression())
                        : self((TypeElement) variable.getEnclosingElement()),
                variable);
    }

    @Nullable
    Code reading(ExpressionTree tree) {
        Place place = place(tree);
        if (place == null) {
            return null;
        }
        List<Code> parts = place.parts();
        return frame -> place.get(frame, frame.values(parts));
    }

    @Override
    public Code visitAssignment(AssignmentTree tree, Void nothing) {
        Place place = place(tree.getVariable());
        List<Code> parts = new ArrayList<>(place.parts());
        parts.add(code(tree.getExpression()));
        return frame -> {
            Object[] values = frame.values(parts);
            Object value = values[parts.size() - 1];
            place.set(frame, values, value);
            return value;
        };
    }

    @Override
    public Code visitCompoundAssignment(CompoundAssignmentTree tree, Void nothing) {
        Place place = place(tree.getVariable());
        List<Code> parts = place.parts();
        Code operand = code(tree.getExpression());
        Tree.Kind kind = tree.getKind();
        boolean concatenation = type(tree).toString().equals("java.lang.String");
        return frame -> {
            Object[] values = frame.values(parts);
            Object before = place.get(frame, values);
            int mark = frame.operands();
            for (Object value : values) {
                frame.hold(value);
            }
            Object after = operand.run(frame);
            frame.drop(mark);
            Object result = concatenation ? text(before) + text(after) : Operators.binary(kind, before, after);
            place.set(frame, values, result);
            return result;
        };
    }

    @Override
    public Code visitUnary(UnaryTree tree, Void nothing) {
        return switch (tree.getKind()) {
            case LOGICAL_COMPLEMENT -> {
                Code value = code(tree.getExpression());
                yield frame -> !(Boolean) value.run(frame);
            }
            case UNARY_MINUS -> {
                Code value = code(tree.getExpression());
                yield frame -> -(Integer) value.run(frame);
            }
            case PREFIX_INCREMENT -> step(tree, 1, 1);
            case PREFIX_DECREMENT -> step(tree, -1, -1);
            case POSTFIX_INCREMENT -> step(tree, 1, 0);
            case POSTFIX_DECREMENT -> step(tree, -1, 0);
            default -> throw new IllegalStateException("The interpreter has no operator " + tree.getKind() + ".");
        };
    }

    private Code step(UnaryTree tree, int change, int seen) {
        Place place = place(tree.getExpression());
        List<Code> parts = place.parts();
        return frame -> {
            Object[] values = frame.values(parts);
            int before = (Integer) place.get(frame, values);
            place.set(frame, values, before + change);
            return before + seen;
        };
    }

    /** As a string concatenation has it. */
    abstract String text(@Nullable Object value);
}
