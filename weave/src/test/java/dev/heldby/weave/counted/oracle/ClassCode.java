// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/** A class of the program, ready to run. */
final class ClassCode {
    /** A method or constructor; the body is missing if it is abstract. */
    record Method(
            ExecutableElement element,
            List<? extends VariableElement> parameters,
            @Nullable Code body) {}

    final TypeElement element;
    final @Nullable ClassCode superclass;
    final List<ClassCode> interfaces;
    final boolean counted;
    final boolean hasOuter;
    /** Of methods that enclose it. */
    final Set<Element> captured = new LinkedHashSet<>();

    final Map<ExecutableElement, Method> methods = new LinkedHashMap<>();
    final List<VariableElement> instanceFields = new ArrayList<>();
    final List<VariableElement> components = new ArrayList<>();
    final List<Code> initialisers = new ArrayList<>();
    final List<Code> staticInitialisers = new ArrayList<>();
    boolean initialised;

    ClassCode(
            TypeElement element,
            @Nullable ClassCode superclass,
            List<ClassCode> interfaces,
            boolean counted,
            boolean hasOuter) {
        this.element = element;
        this.superclass = superclass;
        this.interfaces = interfaces;
        this.counted = counted;
        this.hasOuter = hasOuter;
    }

    /** It and all that it extends and implements, the nearest first. */
    List<ClassCode> lineage() {
        List<ClassCode> all = new ArrayList<>();
        for (ClassCode type = this; type != null; type = type.superclass) {
            all.add(type);
        }
        for (ClassCode type : List.copyOf(all)) {
            type.interfaces.forEach(each -> all.addAll(each.lineage()));
        }
        return all;
    }

    @Override
    public String toString() {
        return element.toString();
    }
}
