// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Where in the program the translation is, and what its names and types mean there. */
abstract class Context extends TreePathScanner<Code, Void> {
    final Trees trees;
    final Interpreter interpreter;

    ClassCode enclosing;
    boolean isStatic;
    /** The variables that patterns of the current statement bind. */
    List<Element> bindings = new ArrayList<>();

    Context(Trees trees, Interpreter interpreter) {
        this.trees = trees;
        this.interpreter = interpreter;
    }

    /** An expression's value lingers as long as the statement. */
    @Override
    public Code scan(@Nullable Tree tree, Void nothing) {
        Code code = super.scan(tree, nothing);
        return code != null && tree instanceof ExpressionTree ? frame -> frame.used(code.run(frame)) : code;
    }

    Code code(Tree tree) {
        Code code = scan(tree, null);
        if (code == null) {
            throw new IllegalStateException("The interpreter has no code for " + tree.getKind() + ": " + tree);
        }
        return code;
    }

    List<Code> codes(List<? extends Tree> trees) {
        return new ArrayList<>(trees.stream().map(this::code).toList());
    }

    /** An expression that a statement evaluates; what it used goes at its end. */
    Code full(Tree tree) {
        Code code = code(tree);
        return frame -> {
            int mark = frame.mark();
            try {
                return code.run(frame);
            } finally {
                frame.release(mark);
            }
        };
    }

    Element element(Tree tree) {
        return trees.getElement(new TreePath(getCurrentPath(), tree));
    }

    TypeMirror type(Tree tree) {
        return trees.getTypeMirror(new TreePath(getCurrentPath(), tree));
    }

    static boolean isLocal(Element element) {
        ElementKind kind = element.getKind();
        return kind == ElementKind.LOCAL_VARIABLE
                || kind == ElementKind.PARAMETER
                || kind == ElementKind.EXCEPTION_PARAMETER
                || kind == ElementKind.RESOURCE_VARIABLE
                || kind == ElementKind.BINDING_VARIABLE;
    }

    /** The instance of that class, or of one below it, that encloses the code here. */
    Code self(TypeElement target) {
        List<Element> way = new ArrayList<>();
        ClassCode type = enclosing;
        while (!isSubtype(type.element.asType(), target.asType())) {
            way.add(type.element);
            type = interpreter.classes.get(enclosingClass(type.element));
        }
        return frame -> {
            Object self = frame.self;
            for (Element inner : way) {
                self = ((Obj) self).fields.get(inner);
            }
            return self;
        };
    }

    static TypeElement enclosingClass(Element element) {
        Element outer = element.getEnclosingElement();
        while (!(outer instanceof TypeElement)) {
            outer = outer.getEnclosingElement();
        }
        return (TypeElement) outer;
    }

    boolean isSubtype(TypeMirror type, TypeMirror of) {
        return interpreter.types.isSubtype(interpreter.types.erasure(type), interpreter.types.erasure(of));
    }

    /** Whether a value is an instance of that type, for the types that programs ask for. */
    Predicate<@Nullable Object> instance(TypeMirror type) {
        if (type instanceof ArrayType) {
            return value -> value != null && value.getClass().isArray();
        }
        if (!(type instanceof DeclaredType declared)) {
            return value -> true;
        }
        String name = interpreter
                .elements
                .getBinaryName((TypeElement) declared.asElement())
                .toString();
        return value -> {
            Fn function = Fn.of(value);
            if (value instanceof Obj object) {
                return isSubtype(object.type.element.asType(), type);
            }
            if (function != null) {
                return isSubtype(function.type, type);
            }
            return value != null && (name.equals("java.lang.Object") || Jdk.isInstance(name, value));
        };
    }
}
