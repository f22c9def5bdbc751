// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which types a program has: their fields, constructors and methods, as yet without code. */
abstract class TypeChooser extends CollectionWriter {
    TypeChooser(long seed, Set<Stage> stages) {
        super(seed, stages);
    }

    void chooseTypes() {
        int levels = 2 + random.nextInt(2);
        Type face = new Type("I0", Type.Kind.INTERFACE, levels - 2);
        interfaces.add(face);
        for (int level = 0; level < levels; level++) {
            chooseFamily(level, face, level >= levels - 2);
        }
        List<Type> all = List.copyOf(counted);
        if (has(Stage.C)) {
            all.forEach(this::chooseHolders);
            chooseFunctions();
        }
        if (has(Stage.E)) {
            all.forEach(this::chooseCollections);
        }
        all.forEach(this::chooseFields);
        if (has(Stage.B)) {
            chooseExceptions();
        }
        for (int i = 0; i < 3; i++) {
            statics.add(new Type.Field("s" + i, pick(counted), false));
        }
        if (has(Stage.C)) {
            statics.add(new Type.Field("s3", Type.OBJECT, false));
            statics.add(new Type.Field("s4", pick(holders), false));
        }
        chooseMethods(all, face);
    }

    /** A class and what extends it; those of the highest levels implement the interface. */
    private void chooseFamily(int level, Type face, boolean implementing) {
        Type root = new Type("C" + level, Type.Kind.COUNTED, level);
        counted.add(root);
        if (implementing) {
            root.extend(face);
        }
        root.isAbstract = chance(25);
        int below = root.isAbstract ? 1 + random.nextInt(2) : random.nextInt(2);
        for (int i = 0; i < below; i++) {
            Type type = new Type("C" + level + "abc".charAt(i), Type.Kind.COUNTED, level);
            type.extend(root);
            counted.add(type);
        }
    }

    private void chooseHolders(Type type) {
        Type box = new Type("Box<" + type + ">", Type.Kind.HOLDER, type.level);
        box.element = type;
        box.parameters.add(type);
        box.methods.add(new Type.Method("get", false, type, false, List.of()));
        box.methods.add(new Type.Method("set", false, Type.VOID, false, List.of(type)));
        box.fields.add(new Type.Field("value", type, false));
        Type pair =
                new Type("Pair<" + type + ", " + counted.get(counted.size() - 1) + ">", Type.Kind.HOLDER, type.level);
        pair.element = type;
        pair.parameters.addAll(List.of(type, counted.get(counted.size() - 1)));
        pair.methods.add(new Type.Method("left", false, type, false, List.of()));
        pair.methods.add(new Type.Method("right", false, counted.get(counted.size() - 1), false, List.of()));
        Type array = new Type(type + "[]", Type.Kind.ARRAY, type.level);
        array.element = type;
        Type table = new Type(type + "[][]", Type.Kind.ARRAY, type.level);
        table.element = array;
        holders.addAll(List.of(box, pair, array, table));
    }

    private void chooseFunctions() {
        Type one = pick(counted);
        Type other = pick(counted);
        functions.add(function("F0", "apply", one, List.of(other)));
        functions.add(function("F1", "apply", one, List.of(one, Type.INT)));
        functions.add(function("java.util.function.Supplier<" + other + ">", "get", other, List.of()));
        functions.add(function("java.util.function.Function<" + one + ", " + one + ">", "apply", one, List.of(one)));
        functions.add(function("java.util.function.Consumer<" + other + ">", "accept", Type.VOID, List.of(other)));
        functions.add(function("Runnable", "run", Type.VOID, List.of()));
    }

    private static Type function(String name, String method, Type result, List<Type> parameters) {
        Type type = new Type(name, Type.Kind.FUNCTION, -1);
        type.element = result == Type.VOID ? null : result;
        type.parameters.addAll(parameters);
        type.methods.add(new Type.Method(method, false, result, false, parameters));
        return type;
    }

    private void chooseCollections(Type type) {
        for (String name : List.of(
                "ArrayList<", "ArrayDeque<", "HashMap<String, ", "HashSet<", "concurrent.atomic.AtomicReference<")) {
            Type collection = new Type("java.util." + name + type + ">", Type.Kind.COLLECTION, type.level);
            collection.element = type;
            collections.add(collection);
        }
    }

    private void chooseFields(Type type) {
        List<Type> candidates = new ArrayList<>(counted);
        candidates.addAll(interfaces);
        candidates.addAll(holders);
        candidates.addAll(collections);
        candidates.removeIf(each -> each.level <= type.level && !(has(Stage.E) && chance(25)));
        for (int i = random.nextInt(3); i >= 0 && !candidates.isEmpty(); i--) {
            type.fields.add(new Type.Field(fresh("f"), pick(candidates), chance(15)));
        }
        if (chance(40)) {
            type.fields.add(new Type.Field(fresh("f"), type, true));
        }
        if (has(Stage.E) && chance(60)) {
            type.fields.add(new Type.Field(fresh("f"), type, false));
        }
        type.fields.forEach(field -> type.parameters.add(field.type()));
        type.parameters.add(Type.INT);
    }

    private void chooseExceptions() {
        Type any = new Type("E0", Type.Kind.HOLDER, 0);
        Type carrying = new Type("E1", Type.Kind.HOLDER, 0);
        carrying.extend(any);
        Type carried = pick(counted);
        carrying.parameters.add(carried);
        carrying.fields.add(new Type.Field("carried", carried, true));
        exceptions.addAll(List.of(any, carrying));
    }

    private void chooseMethods(List<Type> all, Type face) {
        face.methods.add(method("face", false));
        all.stream()
                .filter(each -> each.above.isEmpty() || each.above.contains(face))
                .forEach(each -> {
                    for (int i = random.nextInt(2); i >= 0; i--) {
                        each.methods.add(method(fresh("m"), false));
                    }
                });
        for (int i = 0; i < 3; i++) {
            main.methods.add(method(fresh("m"), true));
        }
    }

    private Type.Method method(String name, boolean isStatic) {
        List<Type> parameters = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            parameters.add(anyType());
        }
        Type result = chance(25) ? Type.VOID : chance(20) ? Type.INT : chance(15) ? pick(interfaces) : pick(counted);
        return new Type.Method(name, isStatic, result, result.isReference() && chance(40), parameters);
    }
}
