// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.EmptyStatementTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.YieldTree;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/** Blocks, variables, and the statements without repetition. */
abstract class Statements extends Functions {
    /** The variables of the block that is being translated. */
    List<Element> scope = new ArrayList<>();

    Statements(Trees trees, Interpreter interpreter) {
        super(trees, interpreter);
    }

    @Override
    public Code visitBlock(BlockTree tree, Void nothing) {
        return block(tree.getStatements());
    }

    Code block(List<? extends StatementTree> statements) {
        List<Element> before = scope;
        List<Element> variables = new ArrayList<>();
        scope = variables;
        List<Code> codes = codes(statements);
        scope = before;
        return frame -> {
            int mark = frame.mark();
            try {
                for (Code code : codes) {
                    Object end = code.run(frame);
                    if (end != null) {
                        frame.linger(variables);
                        return end;
                    }
                    frame.release(mark);
                }
            } catch (Thrown e) {
                frame.release(mark);
                throw e;
            } finally {
                frame.forget(variables);
            }
            return null;
        };
    }

    @Override
    public Code visitVariable(VariableTree tree, Void nothing) {
        Element variable = element(tree);
        scope.add(variable);
        if (tree.getInitializer() == null) {
            return frame -> null;
        }
        Code value = statement(tree.getInitializer());
        return frame -> {
            frame.set(variable, value.run(frame));
            return null;
        };
    }

    /** An expression that is all of a statement: what its patterns bind goes with it. */
    private Code statement(Tree tree) {
        List<Element> before = bindings;
        List<Element> bound = new ArrayList<>();
        bindings = bound;
        Code value = full(tree);
        bindings = before;
        return frame -> {
            try {
                return value.run(frame);
            } finally {
                frame.forget(bound);
            }
        };
    }

    @Override
    public Code visitExpressionStatement(ExpressionStatementTree tree, Void nothing) {
        Code value = statement(tree.getExpression());
        return frame -> {
            value.run(frame);
            return null;
        };
    }

    @Override
    public Code visitEmptyStatement(EmptyStatementTree tree, Void nothing) {
        return frame -> null;
    }

    /** A condition, and the variables that its patterns bind. */
    record Condition(Code code, List<Element> bound) {}

    Condition condition(Tree tree) {
        List<Element> before = bindings;
        List<Element> bound = new ArrayList<>();
        bindings = bound;
        Code code = full(tree);
        bindings = before;
        return new Condition(code, bound);
    }

    /** What {@code if (!(o instanceof A a)) return;} binds is in scope after it. */
    @Override
    public Code visitIf(IfTree tree, Void nothing) {
        Condition condition = condition(tree.getCondition());
        Code yes = code(tree.getThenStatement());
        Code no = tree.getElseStatement() == null ? frame -> null : code(tree.getElseStatement());
        boolean after = tree.getElseStatement() == null && isNegation(tree.getCondition());
        List<Element> bound = after ? List.of() : condition.bound;
        if (after) {
            scope.addAll(condition.bound);
        }
        return frame -> {
            try {
                if ((Boolean) condition.code.run(frame)) {
                    return yes.run(frame);
                }
                frame.linger(bound);
                return no.run(frame);
            } finally {
                frame.linger(bound);
            }
        };
    }

    private static boolean isNegation(Tree tree) {
        return tree instanceof ParenthesizedTree inner
                ? isNegation(inner.getExpression())
                : tree.getKind() == Tree.Kind.LOGICAL_COMPLEMENT;
    }

    @Override
    public Code visitReturn(ReturnTree tree, Void nothing) {
        return jump(Jump.Kind.RETURN, tree.getExpression());
    }

    @Override
    public Code visitYield(YieldTree tree, Void nothing) {
        return jump(Jump.Kind.YIELD, tree.getValue());
    }

    private Code jump(Jump.Kind kind, @Nullable Tree expression) {
        Code value = expression == null ? frame -> null : statement(expression);
        return frame -> new Jump(kind, null, value.run(frame));
    }

    @Override
    public Code visitBreak(BreakTree tree, Void nothing) {
        Jump jump = new Jump(Jump.Kind.BREAK, label(tree.getLabel()), null);
        return frame -> jump;
    }

    @Override
    public Code visitContinue(ContinueTree tree, Void nothing) {
        Jump jump = new Jump(Jump.Kind.CONTINUE, label(tree.getLabel()), null);
        return frame -> jump;
    }

    static @Nullable String label(@Nullable CharSequence name) {
        return name == null ? null : name.toString();
    }

    @Override
    public Code visitThrow(ThrowTree tree, Void nothing) {
        Code exception = statement(tree.getExpression());
        return frame -> {
            throw new Thrown(present(exception.run(frame)));
        };
    }

    @Override
    public Code visitSynchronized(SynchronizedTree tree, Void nothing) {
        Code lock = statement(tree.getExpression());
        Code body = code(tree.getBlock());
        return frame -> {
            int mark = frame.hold(present(lock.run(frame)));
            try {
                return body.run(frame);
            } finally {
                frame.drop(mark);
            }
        };
    }
}
