// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A type of a generated program, and what a writer has to know of it. */
final class Type {
    enum Kind {
        NUMBER,
        TRUTH,
        NOTHING,
        /** {@code Object}. */
        ANY,
        COUNTED,
        INTERFACE,
        /** A plain class or record that holds what its constructor is given, and gives it back. */
        HOLDER,
        ARRAY,
        /** A functional interface. */
        FUNCTION,
        COLLECTION
    }

    record Field(String name, Type type, boolean isFinal) {}

    /** One that never returns null is sure. */
    record Method(String name, boolean isStatic, Type result, boolean sure, List<Type> parameters) {}

    static final Type INT = new Type("int", Kind.NUMBER, 0);
    static final Type BOOLEAN = new Type("boolean", Kind.TRUTH, 0);
    static final Type VOID = new Type("void", Kind.NOTHING, 0);
    static final Type OBJECT = new Type("Object", Kind.ANY, 0);

    final String name;
    final Kind kind;
    /** Fields lead to types of a higher level only, unless cycles are wanted. */
    final int level;

    final List<Type> above = new ArrayList<>();
    final List<Type> below = new ArrayList<>();
    final List<Field> fields = new ArrayList<>();
    final List<Method> methods = new ArrayList<>();
    /** Of the longest constructor, or of the function. */
    final List<Type> parameters = new ArrayList<>();

    boolean isAbstract;
    /** Of an array or collection the elements, of a function the result, of a holder what it gives back. */
    @Nullable
    Type element;

    Type(String name, Kind kind, int level) {
        this.name = name;
        this.kind = kind;
        this.level = level;
    }

    boolean isReference() {
        return kind != Kind.NUMBER && kind != Kind.TRUTH && kind != Kind.NOTHING;
    }

    boolean fits(Type target) {
        return this == target
                || target.kind == Kind.ANY && isReference()
                || above.stream().anyMatch(type -> type.fits(target));
    }

    void extend(Type type) {
        above.add(type);
        type.below.add(this);
    }

    /** It and all below that can be made. */
    List<Type> concrete() {
        List<Type> all = new ArrayList<>();
        if (kind != Kind.INTERFACE && !isAbstract) {
            all.add(this);
        }
        below.forEach(type -> all.addAll(type.concrete()));
        return all;
    }

    List<Field> allFields() {
        List<Field> all = new ArrayList<>(fields);
        above.forEach(type -> all.addAll(type.allFields()));
        return all;
    }

    List<Method> allMethods() {
        List<Method> all = new ArrayList<>(methods);
        above.forEach(type -> all.addAll(type.allMethods()));
        return all;
    }

    @Override
    public String toString() {
        return name;
    }
}
