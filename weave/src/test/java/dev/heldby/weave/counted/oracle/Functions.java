// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.Trees;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Lambdas and method references. */
abstract class Functions extends Calls {
    Functions(Trees trees, Interpreter interpreter) {
        super(trees, interpreter);
    }

    @Override
    public Code visitLambdaExpression(LambdaExpressionTree tree, Void nothing) {
        Captures captures = Captures.of(getCurrentPath(), trees, interpreter.classes);
        List<Element> parameters = new ArrayList<>();
        tree.getParameters().forEach(each -> parameters.add(element(each)));
        List<Element> before = bindings;
        bindings = new ArrayList<>();
        Code code = code(tree.getBody());
        bindings = before;
        Code body = tree.getBodyKind() == LambdaExpressionTree.BodyKind.EXPRESSION
                ? frame -> new Jump(Jump.Kind.RETURN, null, code.run(frame))
                : code;
        TypeMirror type = type(tree);
        List<Element> variables = List.copyOf(captures.variables());
        boolean instance = captures.self();
        return frame -> {
            List<Object> captured = new ArrayList<>();
            variables.forEach(each -> captured.add(frame.get(each)));
            Object self = instance ? frame.self : null;
            List<Object> held = new ArrayList<>(captured);
            held.add(self);
            return function(type, held, arguments -> {
                Frame inner = new Frame(self);
                for (int i = 0; i < variables.size(); i++) {
                    inner.set(variables.get(i), captured.get(i));
                }
                return interpreter.enter(inner, parameters, arguments, body);
            });
        };
    }

    private Object function(
            TypeMirror type, List<@Nullable Object> held, Function<@Nullable Object[], @Nullable Object> body) {
        Fn function = new Fn(type, held, body);
        TypeElement element = (TypeElement) interpreter.types.asElement(type);
        if (interpreter.classes.containsKey(element)) {
            return interpreter.heap.made(function);
        }
        try {
            Class<?> face = jdk.type(interpreter.types.erasure(type));
            return interpreter.heap.made(
                    Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {face}, function));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Code visitMemberReference(MemberReferenceTree tree, Void nothing) {
        TypeMirror type = type(tree);
        if (tree.getMode() == MemberReferenceTree.ReferenceMode.NEW) {
            return making(tree, type);
        }
        ExecutableElement method = (ExecutableElement) element(tree);
        if (method.getModifiers().contains(Modifier.STATIC)) {
            return frame -> function(type, List.of(), arguments -> callStatic(method, arguments));
        }
        if (isType(tree.getQualifierExpression())) {
            return frame ->
                    function(type, List.of(), all -> call(method, all[0], Arrays.copyOfRange(all, 1, all.length)));
        }
        Code receiver = code(tree.getQualifierExpression());
        return frame -> {
            Object bound = present(receiver.run(frame));
            return function(type, List.of(bound), arguments -> call(method, bound, arguments));
        };
    }

    private boolean isType(Tree tree) {
        return tree.getKind() == Tree.Kind.PARAMETERIZED_TYPE || element(tree) instanceof TypeElement;
    }

    private Code making(MemberReferenceTree tree, TypeMirror type) {
        if (type(tree.getQualifierExpression()) instanceof ArrayType made) {
            return frame -> function(type, List.of(), sizes -> array(made.getComponentType(), sizes, 0));
        }
        ExecutableElement constructor = (ExecutableElement) element(tree);
        ClassCode made = interpreter.classes.get((TypeElement) constructor.getEnclosingElement());
        if (made == null) {
            return frame ->
                    function(type, List.of(), arguments -> interpreter.heap.made(jdk.create(constructor, arguments)));
        }
        return frame -> function(type, List.of(), arguments -> {
            Obj object = interpreter.allocate(made);
            interpreter.construct(object, made, constructor, arguments);
            object.unfinished = false;
            return object;
        });
    }
}
