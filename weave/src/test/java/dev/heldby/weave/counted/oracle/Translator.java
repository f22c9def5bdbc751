// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Makes a source file, with the names and types that javac has given it, ready to run: its classes and their members. */
final class Translator extends Tries {
    private Translator(Trees trees, Interpreter interpreter) {
        super(trees, interpreter);
    }

    static Interpreter translate(CompilationUnitTree unit, Trees trees, Types types, Elements elements) {
        Interpreter interpreter = new Interpreter(types, elements);
        Translator translator = new Translator(trees, interpreter);
        new Declarations(trees, interpreter).scan(unit, null);
        unit.getTypeDecls().forEach(type -> translator.scan(new TreePath(new TreePath(unit), type), null));
        return interpreter;
    }

    @Override
    public Code visitClass(ClassTree tree, Void nothing) {
        ClassCode outside = enclosing;
        boolean outsideStatic = isStatic;
        List<Element> outsideScope = scope;
        enclosing = interpreter.classes.get((TypeElement) element(tree));
        tree.getMembers().forEach(this::member);
        enclosing = outside;
        isStatic = outsideStatic;
        scope = outsideScope;
        return frame -> null;
    }

    private void member(Tree tree) {
        if (tree instanceof VariableTree field) {
            field(field);
        } else if (tree instanceof BlockTree block) {
            initialisers(block.isStatic()).add(code(block));
        } else {
            scan(tree, null);
        }
    }

    private List<Code> initialisers(boolean atClass) {
        return atClass ? enclosing.staticInitialisers : enclosing.initialisers;
    }

    private void field(VariableTree tree) {
        VariableElement field = (VariableElement) element(tree);
        boolean atClass = field.getModifiers().contains(Modifier.STATIC);
        if (atClass) {
            interpreter.statics.put(field, initial(field));
        } else {
            enclosing.instanceFields.add(field);
            if (field.getEnclosingElement().getKind() == ElementKind.RECORD) {
                enclosing.components.add(field);
            }
        }
        if (tree.getInitializer() == null) {
            return;
        }
        Code value = full(tree.getInitializer());
        int ordinal = field.getKind() == ElementKind.ENUM_CONSTANT ? enclosing.staticInitialisers.size() : -1;
        initialisers(atClass).add(frame -> {
            Object initial = value.run(frame);
            if (ordinal >= 0) {
                ((Obj) initial).ordinal = ordinal;
            }
            if (atClass) {
                interpreter.statics.put(field, initial);
            } else {
                ((Obj) frame.self).fields.put(field, initial);
            }
            return null;
        });
    }

    private static @Nullable Object initial(VariableElement field) {
        return field.getConstantValue() != null ? field.getConstantValue() : Interpreter.zero(field);
    }

    @Override
    public Code visitMethod(MethodTree tree, Void nothing) {
        ExecutableElement method = (ExecutableElement) element(tree);
        boolean record = enclosing.element.getKind() == ElementKind.RECORD;
        List<? extends VariableElement> parameters = method.getParameters();
        Code body = tree.getBody() == null ? null : block(tree.getBody().getStatements());
        if (record && method.getKind() == ElementKind.CONSTRUCTOR) {
            body = components(body, parameters, enclosing);
        }
        enclosing.methods.put(method, new ClassCode.Method(method, parameters, body));
        return frame -> null;
    }

    /** A record's canonical constructor without assignments of its own ends with them. */
    private static Code components(Code body, List<? extends VariableElement> parameters, ClassCode type) {
        return frame -> {
            body.run(frame);
            for (int i = 0; i < parameters.size() && parameters.size() == type.components.size(); i++) {
                ((Obj) frame.self).fields.put(type.components.get(i), frame.get(parameters.get(i)));
            }
            return null;
        };
    }

    /** What classes there are, before the code of any. */
    private static final class Declarations extends Context {
        Declarations(Trees trees, Interpreter interpreter) {
            super(trees, interpreter);
        }

        @Override
        public Code visitClass(ClassTree tree, Void nothing) {
            declare((TypeElement) element(tree));
            TypeElement element = (TypeElement) trees.getElement(getCurrentPath());
            boolean outside = isStatic;
            isStatic = false;
            ClassCode type = interpreter.classes.get(element);
            if (element.getNestingKind().isNested() && isLocalClass(element)) {
                type.captured.addAll(Captures.of(getCurrentPath(), trees, interpreter.classes)
                        .variables());
            }
            super.visitClass(tree, nothing);
            isStatic = outside;
            return null;
        }

        @Override
        public Code visitMethod(MethodTree tree, Void nothing) {
            return inside(
                    tree.getModifiers().getFlags().contains(Modifier.STATIC), () -> super.visitMethod(tree, nothing));
        }

        @Override
        public Code visitVariable(VariableTree tree, Void nothing) {
            boolean field = trees.getElement(getCurrentPath()).getKind().isField();
            return inside(
                    field ? trees.getElement(getCurrentPath()).getModifiers().contains(Modifier.STATIC) : isStatic,
                    () -> super.visitVariable(tree, nothing));
        }

        private Code inside(boolean atClass, java.util.function.Supplier<Code> members) {
            boolean outside = isStatic;
            isStatic = atClass;
            Code code = members.get();
            isStatic = outside;
            return code;
        }

        private ClassCode declare(TypeElement element) {
            ClassCode known = interpreter.classes.get(element);
            if (known != null) {
                return known;
            }
            ClassCode superclass = known(interpreter.types.asElement(element.getSuperclass()));
            List<ClassCode> interfaces = new ArrayList<>();
            element.getInterfaces().forEach(each -> {
                ClassCode type = known(interpreter.types.asElement(each));
                if (type != null) {
                    interfaces.add(type);
                }
            });
            boolean counted = superclass != null && superclass.counted
                    || element.getAnnotationMirrors().stream()
                            .anyMatch(
                                    each -> each.getAnnotationType().toString().endsWith(".Counted"));
            ClassCode type = new ClassCode(element, superclass, interfaces, counted, hasOuter(element));
            interpreter.classes.put(element, type);
            return type;
        }

        private @Nullable ClassCode known(@Nullable Element element) {
            boolean source = element instanceof TypeElement && trees.getTree(element) != null;
            return source ? declare((TypeElement) element) : null;
        }

        private static boolean isLocalClass(TypeElement element) {
            return switch (element.getNestingKind()) {
                case LOCAL, ANONYMOUS -> true;
                default -> false;
            };
        }

        private boolean hasOuter(TypeElement element) {
            boolean inner = element.getKind() == ElementKind.CLASS
                    && !element.getModifiers().contains(Modifier.STATIC);
            return switch (element.getNestingKind()) {
                case LOCAL, ANONYMOUS -> inner && !isStatic;
                case MEMBER -> inner && element.getEnclosingElement().getKind() != ElementKind.INTERFACE;
                default -> false;
            };
        }
    }
}
