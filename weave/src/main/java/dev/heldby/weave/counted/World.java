// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import dev.heldby.weave.counted.Shape.FieldShape;
import dev.heldby.weave.counted.Shape.Hold;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The classes of a program, and what a reference of each type may hold.
 *
 * <p>An object is counted if its class, or one above it, is a counted type, or has a field that may hold something counted:
 * what such a field holds must go when its object goes. A type may hold something counted if a counted class is below it.
 *
 * <p>Not safe for threads while it is made, and for any thread afterwards but for the classes outside the program, which it
 * reads as they are asked for.
 */
final class World {
    private static final String OBJECT = "java/lang/Object";

    /** What holds others in the JDK. */
    private static final Set<String> CONTAINERS = Set.of(
            "java/util/Collection",
            "java/util/Map",
            "java/util/Map$Entry",
            "java/util/Iterator",
            "java/util/Optional",
            "java/util/concurrent/atomic/AtomicReference");

    private final Map<String, Shape> shapes = new HashMap<>();
    private final Function<String, byte[]> outside;
    private final Set<String> counted = new HashSet<>();
    /** All above a counted class. */
    private final Set<String> holders = new HashSet<>();

    private final Map<String, Boolean> below = new HashMap<>();
    private final Map<String, Boolean> containers = new HashMap<>();

    /**
     * @param program the program's class files, which will be woven
     * @param marked the destructors of classes that are counted types without being annotated, by internal name
     * @param outside the class file of any other class by its internal name, or null where there is none
     */
    World(Collection<byte[]> program, Map<String, String> marked, Function<String, byte[]> outside) {
        this.outside = outside;
        for (byte[] classFile : program) {
            ClassReader reader = new ClassReader(classFile);
            Shape shape = Shape.of(reader, true, marked.get(reader.getClassName()));
            shapes.put(shape.name(), shape);
        }
        shapes.values().stream()
                .filter(shape -> shape.destructor() != null)
                .map(Shape::name)
                .toList()
                .forEach(this::count);
        if (isEmpty()) {
            return;
        }
        // Arrays of counted objects are these as well.
        holders.add("java/lang/Cloneable");
        holders.add("java/io/Serializable");
        CONTAINERS.forEach(this::addHolders);
        while (countCarriers()) {
            below.clear();
        }
    }

    /** Whether nothing at all is counted. */
    boolean isEmpty() {
        return counted.isEmpty();
    }

    /** The counted types of the program, with dots. */
    List<String> countedTypes() {
        return shapes.values().stream()
                .filter(shape -> shape != null && shape.isWoven() && shape.destructor() != null)
                .map(shape -> shape.name().replace('/', '.'))
                .sorted()
                .toList();
    }

    /** Objects of that type hold what is counted without a field, as a function object does what it captured. */
    boolean hold(String type) {
        below.clear();
        boolean isNew = addHolders(type);
        while (countCarriers()) {
            below.clear();
        }
        return isNew;
    }

    private boolean countCarriers() {
        boolean more = false;
        for (Shape shape : new ArrayList<>(shapes.values())) {
            if (shape != null && shape.isWoven() && !isCounted(shape.name()) && holdsInFields(shape)) {
                count(shape.name());
                more = true;
            }
        }
        return more;
    }

    private boolean holdsInFields(Shape shape) {
        return shape.fields().values().stream().anyMatch(field -> !field.isStatic() && isCounted(field));
    }

    private void count(String name) {
        counted.add(name);
        addHolders(name);
        below.clear();
    }

    private boolean addHolders(String name) {
        boolean more = false;
        Deque<String> above = new ArrayDeque<>(Set.of(name));
        while (!above.isEmpty()) {
            String type = above.pop();
            if (holders.add(type)) {
                more = true;
                Shape shape = shape(type);
                above.addAll(shape == null ? Set.of(OBJECT) : shape.parents());
            }
        }
        return more;
    }

    /** The class's shape; null if there is no such class file. */
    Shape shape(String name) {
        if (shapes.containsKey(name)) {
            return shapes.get(name);
        }
        byte[] classFile = name.startsWith("[") ? null : outside.apply(name);
        Shape shape = classFile == null ? null : Shape.of(new ClassReader(classFile), false, null);
        shapes.put(name, shape);
        return shape;
    }

    boolean isWoven(String name) {
        Shape shape = shape(name);
        return shape != null && shape.isWoven();
    }

    /** Whether that field holds a reference that counts. */
    boolean isCounted(FieldShape field) {
        return field.hold() == Hold.COUNTED && mayHold(field.descriptor());
    }

    /** Whether objects of that class are counted. */
    boolean isCounted(String name) {
        Boolean known = below.get(name);
        if (known == null) {
            Shape shape = counted.contains(name) ? null : shape(name);
            known = counted.contains(name)
                    || shape != null && shape.superName() != null && isCounted(shape.superName());
            below.put(name, known);
        }
        return known;
    }

    /** Whether the class is the topmost counted one: the one with the count. */
    boolean hasCount(String name) {
        Shape shape = shape(name);
        return !shape.isInterface() && isCounted(name) && !isCounted(shape.superName());
    }

    /** The nearest counted type at or above the class, or null: its objects have a destructor. */
    Shape countedType(String name) {
        Shape shape = shape(name);
        while (shape != null && shape.destructor() == null) {
            shape = shape.superName() == null ? null : shape(shape.superName());
        }
        return shape;
    }

    /** Whether a reference of the type with that descriptor may refer to something counted. */
    boolean mayHold(String descriptor) {
        String element = descriptor.substring(descriptor.lastIndexOf('[') + 1);
        return element.startsWith("L") && mayHoldClass(element.substring(1, element.length() - 1));
    }

    /** As {@link #mayHold} of an internal name, or the descriptor of an array. */
    boolean mayHoldClass(String name) {
        return name.startsWith("[")
                ? mayHold(name)
                : !isEmpty() && (holders.contains(name) || isCounted(name) || isContainer(name));
    }

    /** Whether objects of that class are containers of the JDK, or may be. */
    boolean isContainer(String name) {
        return !isEmpty() && containers.computeIfAbsent(name, type -> isBelow(type, CONTAINERS));
    }

    private boolean isBelow(String name, Set<String> tops) {
        return tops.contains(name) || linear(name).stream().anyMatch(tops::contains);
    }

    boolean mayHold(Type type) {
        return type.getSort() >= Type.ARRAY && mayHold(type.getDescriptor());
    }

    /** The class that declares the field that code means with that owner, or null. */
    Shape fieldOwner(String owner, String field) {
        for (String type : linear(owner)) {
            Shape shape = shape(type);
            if (shape != null && shape.fields().containsKey(field)) {
                return shape;
            }
        }
        return null;
    }

    /** The class that declares the method that code means with that owner, or null. */
    Shape methodOwner(String owner, String method, String descriptor) {
        for (String type : linear(owner)) {
            Shape shape = shape(type);
            if (shape != null && shape.methods().containsKey(method + descriptor)) {
                return shape;
            }
        }
        return null;
    }

    /** The class, those above it, then all their interfaces. */
    private Set<String> linear(String name) {
        Set<String> all = new LinkedHashSet<>();
        Deque<String> interfaces = new ArrayDeque<>();
        String type = name.startsWith("[") ? OBJECT : name;
        while (type != null) {
            all.add(type);
            Shape shape = shape(type);
            if (shape != null) {
                interfaces.addAll(shape.interfaces());
            }
            type = shape == null ? null : shape.superName();
        }
        while (!interfaces.isEmpty()) {
            String next = interfaces.pop();
            Shape shape = all.add(next) ? shape(next) : null;
            if (shape != null) {
                interfaces.addAll(shape.interfaces());
            }
        }
        all.add(OBJECT);
        return all;
    }

    /** Whether code that is not woven can call the method, since a class above that is not woven declares it. */
    boolean overridesUnwoven(String owner, String method, String descriptor) {
        for (String type : linear(owner)) {
            Shape shape = shape(type);
            if (shape == null) {
                return true;
            }
            Integer access = shape.isWoven() ? null : shape.methods().get(method + descriptor);
            if (access != null && (access & (Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC)) == 0) {
                return true;
            }
        }
        return false;
    }

    /** The nearest type above both that is known; the descriptor of an array or an internal name. */
    String common(String one, String other) {
        if (one.equals(other)) {
            return one;
        }
        if (one.startsWith("[") || other.startsWith("[")) {
            return OBJECT;
        }
        Set<String> above = new HashSet<>();
        for (String type = one; type != null; type = superOf(type)) {
            above.add(type);
        }
        for (String type = other; type != null; type = superOf(type)) {
            if (above.contains(type)) {
                return type;
            }
        }
        return OBJECT;
    }

    private String superOf(String name) {
        Shape shape = shape(name);
        return shape == null ? null : shape.superName();
    }
}
