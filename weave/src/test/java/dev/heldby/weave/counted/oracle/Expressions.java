// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.util.Trees;
import java.lang.reflect.Array;
import java.util.List;
import java.util.function.Predicate;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Expressions that call nothing. */
abstract class Expressions extends Assignments {
    Expressions(Trees trees, Interpreter interpreter) {
        super(trees, interpreter);
    }

    @Override
    public Code visitLiteral(LiteralTree tree, Void nothing) {
        Object value = tree.getValue();
        return frame -> value;
    }

    @Override
    public Code visitParenthesized(ParenthesizedTree tree, Void nothing) {
        return code(tree.getExpression());
    }

    @Override
    public @Nullable Code visitIdentifier(IdentifierTree tree, Void nothing) {
        if (tree.getName().contentEquals("this") || tree.getName().contentEquals("super")) {
            return frame -> frame.self;
        }
        return reading(tree);
    }

    @Override
    public @Nullable Code visitMemberSelect(MemberSelectTree tree, Void nothing) {
        String name = tree.getIdentifier().toString();
        if (name.equals("this")) {
            return self((TypeElement) element(tree.getExpression()));
        }
        if (name.equals("length") && type(tree.getExpression()) instanceof ArrayType) {
            Code array = code(tree.getExpression());
            return frame -> Array.getLength(present(array.run(frame)));
        }
        return reading(tree);
    }

    @Override
    public Code visitArrayAccess(ArrayAccessTree tree, Void nothing) {
        return reading(tree);
    }

    @Override
    public Code visitConditionalExpression(ConditionalExpressionTree tree, Void nothing) {
        Code condition = code(tree.getCondition());
        Code yes = code(tree.getTrueExpression());
        Code no = code(tree.getFalseExpression());
        return frame -> (Boolean) condition.run(frame) ? yes.run(frame) : no.run(frame);
    }

    @Override
    public Code visitBinary(BinaryTree tree, Void nothing) {
        Code left = code(tree.getLeftOperand());
        Code right = code(tree.getRightOperand());
        Tree.Kind kind = tree.getKind();
        boolean text = type(tree).toString().equals("java.lang.String");
        return switch (kind) {
            case CONDITIONAL_AND -> frame -> (Boolean) left.run(frame) && (Boolean) right.run(frame);
            case CONDITIONAL_OR -> frame -> (Boolean) left.run(frame) || (Boolean) right.run(frame);
            default -> {
                List<Code> both = List.of(left, right);
                yield frame -> {
                    Object[] values = frame.values(both);
                    return text ? text(values[0]) + text(values[1]) : Operators.binary(kind, values[0], values[1]);
                };
            }
        };
    }

    @Override
    public Code visitTypeCast(TypeCastTree tree, Void nothing) {
        Code value = code(tree.getExpression());
        Predicate<Object> fits = instance(type(tree.getType()));
        return frame -> {
            Object cast = value.run(frame);
            if (cast != null && !fits.test(cast)) {
                throw Interpreter.thrown(new ClassCastException());
            }
            return cast;
        };
    }

    @Override
    public Code visitInstanceOf(InstanceOfTree tree, Void nothing) {
        Code value = code(tree.getExpression());
        Tree pattern = tree.getPattern();
        Predicate<Object> fits = instance(type(tree.getType()));
        if (!(pattern instanceof BindingPatternTree binding)) {
            return frame -> fits.test(value.run(frame));
        }
        Element variable = element(binding.getVariable());
        bindings.add(variable);
        return frame -> {
            Object bound = value.run(frame);
            boolean matches = fits.test(bound);
            if (matches) {
                frame.set(variable, bound);
            }
            return matches;
        };
    }

    @Override
    public Code visitNewArray(NewArrayTree tree, Void nothing) {
        TypeMirror component = ((ArrayType) type(tree)).getComponentType();
        if (tree.getInitializers() != null) {
            List<Code> elements = codes(tree.getInitializers());
            return frame -> filled(component, frame.values(elements));
        }
        List<Code> dimensions = codes(tree.getDimensions());
        return frame -> array(component, frame.values(dimensions), 0);
    }

    private Object filled(TypeMirror component, @Nullable Object[] values) {
        Object array = array(component, new Object[] {values.length}, 0);
        for (int i = 0; i < values.length; i++) {
            Array.set(array, i, values[i]);
        }
        return array;
    }

    /** References of all types are in arrays of objects. */
    Object array(TypeMirror component, @Nullable Object[] dimensions, int first) {
        int length = (Integer) dimensions[first];
        if (length < 0) {
            throw Interpreter.thrown(new NegativeArraySizeException());
        }
        Class<?> type = component.getKind() == TypeKind.INT
                ? int.class
                : component.getKind() == TypeKind.BOOLEAN ? boolean.class : Object.class;
        Object array = interpreter.heap.made(Array.newInstance(type, length));
        for (int i = 0; first + 1 < dimensions.length && i < length; i++) {
            Array.set(array, i, array(((ArrayType) component).getComponentType(), dimensions, first + 1));
        }
        return array;
    }

    static Object present(@Nullable Object value) {
        if (value == null) {
            throw Interpreter.thrown(new NullPointerException());
        }
        return value;
    }
}
