// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import com.sun.source.tree.Tree;
import org.jspecify.annotations.Nullable;

/** The operators on numbers and truth values, and the comparison of references. */
final class Operators {
    private Operators() {}

    static Object binary(Tree.Kind kind, @Nullable Object left, @Nullable Object right) {
        return switch (kind) {
            case EQUAL_TO -> same(left, right);
            case NOT_EQUAL_TO -> !same(left, right);
            case AND, OR, XOR -> logical(kind, left, right);
            default -> arithmetic(kind, (Integer) left, (Integer) right);
        };
    }

    private static boolean same(@Nullable Object left, @Nullable Object right) {
        return left instanceof Integer || left instanceof Boolean ? left.equals(right) : left == right;
    }

    private static Object logical(Tree.Kind kind, @Nullable Object left, @Nullable Object right) {
        if (left instanceof Boolean yes && right instanceof Boolean also) {
            return kind == Tree.Kind.AND ? yes & also : kind == Tree.Kind.OR ? yes | also : yes ^ also;
        }
        int a = (Integer) left;
        int b = (Integer) right;
        return kind == Tree.Kind.AND ? a & b : kind == Tree.Kind.OR ? a | b : a ^ b;
    }

    private static Object arithmetic(Tree.Kind kind, int left, int right) {
        return switch (kind) {
            case PLUS, PLUS_ASSIGNMENT -> left + right;
            case MINUS, MINUS_ASSIGNMENT -> left - right;
            case MULTIPLY, MULTIPLY_ASSIGNMENT -> left * right;
            case DIVIDE -> left / divisor(right);
            case REMAINDER -> left % divisor(right);
            case LESS_THAN -> left < right;
            case LESS_THAN_EQUAL -> left <= right;
            case GREATER_THAN -> left > right;
            case GREATER_THAN_EQUAL -> left >= right;
            default -> throw new IllegalStateException("The interpreter has no operator " + kind + ".");
        };
    }

    private static int divisor(int value) {
        if (value == 0) {
            throw Interpreter.thrown(new ArithmeticException());
        }
        return value;
    }
}
