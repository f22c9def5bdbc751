// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/** Switches over numbers, strings and enums. */
abstract class Switches extends Loops {
    Switches(Trees trees, Interpreter interpreter) {
        super(trees, interpreter);
    }

    /** One case: what it matches, and what runs; with an arrow nothing runs after it. */
    private record Branch(List<Predicate<Object>> labels, List<Code> body, boolean arrow) {
        boolean matches(Object value) {
            return labels.stream().anyMatch(label -> label.test(value));
        }
    }

    @Override
    public Code visitSwitch(SwitchTree tree, Void nothing) {
        String label = takeLabel();
        Code choice = choice(tree.getExpression(), tree.getCases());
        return frame -> {
            Object end = choice.run(frame);
            return end instanceof Jump jump && jump.leaves(label) ? null : end;
        };
    }

    @Override
    public Code visitSwitchExpression(SwitchExpressionTree tree, Void nothing) {
        Code choice = choice(tree.getExpression(), tree.getCases());
        return frame -> ((Jump) choice.run(frame)).value();
    }

    private Code choice(ExpressionTree tree, List<? extends CaseTree> cases) {
        Code selector = full(tree);
        List<Element> before = scope;
        List<Element> variables = new ArrayList<>();
        scope = variables;
        List<Branch> branches = new ArrayList<>();
        cases.forEach(each -> branches.add(branch(each)));
        scope = before;
        return frame -> {
            Object value = present(selector.run(frame));
            try {
                Object end = run(branches, first(branches, value), frame);
                if (end != null) {
                    frame.linger(variables);
                }
                return end;
            } finally {
                frame.forget(variables);
            }
        };
    }

    private Branch branch(CaseTree tree) {
        List<Predicate<Object>> labels = new ArrayList<>();
        tree.getExpressions().forEach(each -> labels.add(label(each)));
        if (tree.getCaseKind() == CaseTree.CaseKind.STATEMENT) {
            return new Branch(labels, codes(tree.getStatements()), false);
        }
        Tree body = tree.getBody();
        Code code = body instanceof StatementTree ? code(body) : yielding(body);
        return new Branch(labels, List.of(code), true);
    }

    private Code yielding(Tree body) {
        Code value = full(body);
        return frame -> new Jump(Jump.Kind.YIELD, null, value.run(frame));
    }

    private Predicate<Object> label(ExpressionTree tree) {
        if (tree instanceof IdentifierTree constant) {
            String name = constant.getName().toString();
            return value -> value instanceof Obj && text(value).equals(name);
        }
        Object literal = code(tree).run(new Frame(null));
        return literal::equals;
    }

    /** The default has no labels, wherever it stands. */
    private static int first(List<Branch> branches, Object value) {
        int other = branches.size();
        for (int i = 0; i < branches.size(); i++) {
            if (branches.get(i).matches(value)) {
                return i;
            }
            if (branches.get(i).labels.isEmpty()) {
                other = i;
            }
        }
        return other;
    }

    private static @Nullable Object run(List<Branch> branches, int first, Frame frame) {
        int mark = frame.mark();
        for (Branch branch : branches.subList(first, branches.size())) {
            for (Code code : branch.body) {
                Object end = code.run(frame);
                if (end != null) {
                    return end;
                }
                frame.release(mark);
            }
            if (branch.arrow) {
                return null;
            }
        }
        return null;
    }
}
