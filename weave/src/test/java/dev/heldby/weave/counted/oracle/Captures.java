// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;

/** What a lambda or local class takes from where it stands: variables, and whether the instance around it. */
final class Captures extends TreePathScanner<Void, Void> {
    private final Trees trees;
    private final Map<TypeElement, ClassCode> classes;
    private final Set<Element> used = new LinkedHashSet<>();
    private final Set<Element> declared = new LinkedHashSet<>();
    private boolean self;

    private Captures(Trees trees, Map<TypeElement, ClassCode> classes) {
        this.trees = trees;
        this.classes = classes;
    }

    static Captures of(TreePath path, Trees trees, Map<TypeElement, ClassCode> classes) {
        Captures captures = new Captures(trees, classes);
        captures.scan(path, null);
        captures.used.removeAll(captures.declared);
        return captures;
    }

    Set<Element> variables() {
        return used;
    }

    boolean self() {
        return self;
    }

    @Override
    public Void visitIdentifier(IdentifierTree tree, Void nothing) {
        Element element = trees.getElement(getCurrentPath());
        if (element == null) {
            return null;
        }
        if (Context.isLocal(element)) {
            used.add(element);
        }
        ElementKind kind = element.getKind();
        boolean member = kind.isField() || kind == ElementKind.METHOD;
        self |= tree.getName().contentEquals("this")
                || tree.getName().contentEquals("super")
                || member && !element.getModifiers().contains(Modifier.STATIC);
        return null;
    }

    @Override
    public Void visitNewClass(NewClassTree tree, Void nothing) {
        ClassCode type = classes.get(enclosing(trees.getElement(getCurrentPath())));
        if (type != null) {
            used.addAll(type.captured);
            self |= type.hasOuter && tree.getEnclosingExpression() == null;
        }
        return super.visitNewClass(tree, nothing);
    }

    private static Element enclosing(Element constructor) {
        return constructor == null ? null : constructor.getEnclosingElement();
    }

    @Override
    public Void visitVariable(VariableTree tree, Void nothing) {
        declare(tree);
        return super.visitVariable(tree, nothing);
    }

    @Override
    public Void visitBindingPattern(BindingPatternTree tree, Void nothing) {
        declare(tree.getVariable());
        return null;
    }

    private void declare(Tree tree) {
        declared.add(trees.getElement(new TreePath(getCurrentPath(), tree)));
    }
}
