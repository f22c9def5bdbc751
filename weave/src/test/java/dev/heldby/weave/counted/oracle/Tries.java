// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** Exceptions that are caught, and what runs in any case. */
abstract class Tries extends Switches {
    Tries(Trees trees, Interpreter interpreter) {
        super(trees, interpreter);
    }

    /** A catch clause; its body ends the variable's scope. */
    private record Catch(List<Predicate<@Nullable Object>> types, Element variable, Code body) {
        boolean takes(Object exception) {
            return types.stream().anyMatch(type -> type.test(exception));
        }

        @Nullable
        Object run(Object exception, Frame frame) {
            List<Element> scope = List.of(variable);
            frame.set(variable, exception);
            try {
                Object end = body.run(frame);
                if (end != null) {
                    frame.linger(scope);
                }
                return end;
            } finally {
                frame.forget(scope);
            }
        }
    }

    @Override
    public Code visitTry(TryTree tree, Void nothing) {
        Code body = resources(tree.getResources(), tree);
        List<Catch> catches = new ArrayList<>();
        tree.getCatches().forEach(each -> catches.add(clause(each)));
        Code caught = catches.isEmpty() ? body : catching(body, catches);
        return tree.getFinallyBlock() == null ? caught : finishing(caught, code(tree.getFinallyBlock()));
    }

    private Catch clause(CatchTree tree) {
        VariableTree parameter = tree.getParameter();
        List<Predicate<@Nullable Object>> types = new ArrayList<>();
        if (parameter.getType() instanceof UnionTypeTree union) {
            union.getTypeAlternatives().forEach(each -> types.add(instance(type(each))));
        } else {
            types.add(instance(type(parameter.getType())));
        }
        return new Catch(types, element(parameter), code(tree.getBlock()));
    }

    private static Code catching(Code body, List<Catch> catches) {
        return frame -> {
            int operands = frame.operands();
            int mark = frame.mark();
            try {
                return body.run(frame);
            } catch (Thrown e) {
                Catch taken = catches.stream()
                        .filter(each -> each.takes(e.exception))
                        .findFirst()
                        .orElseThrow(() -> e);
                frame.drop(operands);
                frame.release(mark);
                return taken.run(e.exception, frame);
            }
        };
    }

    /** The result or exception that waits until the block has run has no name and lingers: the block may discard it. */
    private static Code finishing(Code body, Code last) {
        return frame -> {
            int operands = frame.operands();
            int mark = frame.mark();
            Object end = null;
            Thrown thrown = null;
            try {
                end = body.run(frame);
            } catch (Thrown e) {
                thrown = e;
                frame.drop(operands);
            }
            if (end == null) {
                frame.release(mark);
            }
            Object waiting = waiting(end, thrown);
            frame.used(waiting);
            Object instead = last.run(frame);
            frame.drop(operands);
            if (instead != null) {
                return instead;
            }
            if (thrown != null) {
                throw thrown;
            }
            return end;
        };
    }

    private static @Nullable Object waiting(@Nullable Object end, @Nullable Thrown thrown) {
        return thrown != null ? thrown.exception : end instanceof Jump jump ? jump.value() : null;
    }

    /** Each resource is in scope while those after it are made, the body runs, and it is closed. */
    private Code resources(List<? extends Tree> resources, TryTree tree) {
        if (resources.isEmpty()) {
            return code(tree.getBlock());
        }
        List<Element> before = scope;
        List<Element> variables = new ArrayList<>();
        scope = variables;
        Tree first = resources.get(0);
        Code made = first instanceof VariableTree ? code(first) : full(first);
        scope = before;
        ExecutableElement close = close(first);
        Code inner = resources(resources.subList(1, resources.size()), tree);
        return frame -> {
            Object given = made.run(frame);
            Object resource = variables.isEmpty() ? given : frame.get(variables.get(0));
            int operands = frame.hold(variables.isEmpty() ? given : null);
            try {
                Object end = closing(resource, close, inner, frame);
                if (end != null) {
                    frame.linger(variables);
                }
                return end;
            } finally {
                frame.drop(operands);
                frame.forget(variables);
            }
        };
    }

    private @Nullable Object closing(@Nullable Object resource, ExecutableElement close, Code body, Frame frame) {
        int operands = frame.operands();
        int mark = frame.mark();
        Object end;
        try {
            end = body.run(frame);
        } catch (Thrown e) {
            frame.drop(operands);
            frame.release(mark);
            frame.hold(e.exception);
            closeAfter(e, resource, close);
            frame.drop(operands);
            throw e;
        }
        if (resource != null) {
            frame.hold(waiting(end, null));
            call(close, resource, new Object[0]);
            frame.drop(operands);
        }
        return end;
    }

    private void closeAfter(Thrown thrown, @Nullable Object resource, ExecutableElement close) {
        if (resource == null) {
            return;
        }
        try {
            call(close, resource, new Object[0]);
        } catch (Thrown suppressed) {
            interpreter.heap.attach(thrown.exception, suppressed.exception);
        }
    }

    private ExecutableElement close(Tree resource) {
        TypeElement type = (TypeElement) interpreter.types.asElement(type(resource));
        return interpreter.elements.getAllMembers(type).stream()
                .filter(each -> each.getSimpleName().contentEquals("close"))
                .map(ExecutableElement.class::cast)
                .filter(each -> each.getParameters().isEmpty())
                .findFirst()
                .orElseThrow();
    }
}
