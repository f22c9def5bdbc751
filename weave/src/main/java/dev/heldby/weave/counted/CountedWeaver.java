// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/**
 * Weaves the counting of references into all classes of a program at once: what one class holds depends on the others.
 *
 * <p>Not safe for threads.
 */
public final class CountedWeaver {
    private static final int CONSTRUCTOR_FLAGS = Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE;

    private final Map<String, byte[]> classes;
    private final World world;
    /** By the name of the class. */
    private final Map<String, String> troubles = new TreeMap<>();

    private Operations operations = Operations.NONE;

    private CountedWeaver(Map<String, byte[]> classes, Map<String, String> marked, Function<String, byte[]> outside) {
        this.classes = classes;
        world = new World(classes.values(), marked, outside);
    }

    /**
     * The woven program.
     *
     * @param classes every class, those that did not change with the very bytes that they had
     * @param counted the counted types among them
     * @param operations what of their copying of references is counted
     * @param troubles one sentence for each class that could not be woven and is as it was
     */
    public record Woven(
            Map<String, byte[]> classes, List<String> counted, Operations operations, List<String> troubles) {}

    /** Weaves a program that uses nothing but the JDK. */
    public static Map<String, byte[]> weave(Map<String, byte[]> classes) {
        return weave(classes, Map.of(), new ClassFiles(ClassLoader.getSystemClassLoader()))
                .classes();
    }

    /**
     * Weaves a program. What cannot be woven is taken for code outside by the rest.
     *
     * @param classes the class files by internal name
     * @param marked the destructors of classes that are counted types without being annotated, by internal name
     * @param outside the class file of any other class by its internal name, or null where there is none
     * @throws MisuseException if an annotation makes no sense where it stands
     */
    public static Woven weave(
            Map<String, byte[]> classes, Map<String, String> marked, Function<String, byte[]> outside) {
        Map<String, byte[]> program = new TreeMap<>(classes);
        Function<String, byte[]> others = name -> classes.containsKey(name) ? classes.get(name) : outside.apply(name);
        CountedWeaver weaver = new CountedWeaver(program, marked, others);
        List<String> misuses = Misuses.in(weaver.world, program.values());
        if (!misuses.isEmpty()) {
            throw new MisuseException(misuses);
        }
        List<String> counted = weaver.world.countedTypes();
        Map<String, byte[]> woven = weaver.weaveAll();
        Map<String, String> troubles = new TreeMap<>();
        while (!weaver.troubles.isEmpty()) {
            troubles.putAll(weaver.troubles);
            program.keySet().removeAll(troubles.keySet());
            weaver = new CountedWeaver(program, marked, others);
            woven = weaver.weaveAll();
        }
        Map<String, byte[]> all = new TreeMap<>(classes);
        all.putAll(woven);
        return new Woven(all, counted, weaver.operations, List.copyOf(troubles.values()));
    }

    private Map<String, byte[]> weaveAll() {
        if (world.isEmpty()) {
            return classes;
        }
        findFunctionObjects();
        Map<String, byte[]> woven = new TreeMap<>();
        classes.forEach((name, classFile) -> woven.put(name, weaveOrLeave(name, classFile)));
        return woven;
    }

    /** Function objects hold what they capture, and so do the types that they are seen as. */
    private void findFunctionObjects() {
        List<InvokeDynamicInsnNode> makers = new ArrayList<>();
        for (byte[] classFile : classes.values()) {
            ClassNode node = new ClassNode();
            new ClassReader(classFile).accept(node, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            node.methods.forEach(method -> method.instructions.forEach(instruction -> {
                if (instruction instanceof InvokeDynamicInsnNode dynamic && FunctionObject.isMadeBy(dynamic)) {
                    makers.add(dynamic);
                }
            }));
        }
        boolean more = true;
        while (more) {
            more = false;
            for (InvokeDynamicInsnNode maker : makers) {
                more |= FunctionObject.captures(world, maker) && world.hold(FunctionObject.type(maker));
            }
        }
    }

    private byte[] weaveOrLeave(String name, byte[] classFile) {
        try {
            return weave(name, classFile);
        } catch (AnalyzerException | RuntimeException e) {
            troubles.put(
                    name,
                    "The class " + name.replace('/', '.') + " could not be woven and is left as it was: " + e + ".");
            return classFile;
        }
    }

    private byte[] weave(String name, byte[] classFile) throws AnalyzerException {
        ClassReader reader = new ClassReader(classFile);
        ClassNode node = new ClassNode();
        reader.accept(node, ClassReader.EXPAND_FRAMES);
        Shape shape = world.shape(name);
        CountedMembers members = new CountedMembers(world, shape);
        ConstructorReferences.expand(world, node);
        Set<String> handles = handles(node);
        boolean changed = world.isCounted(name) || !members.accessed().isEmpty();
        changed |= markFunctionObjects(node);
        for (MethodNode method : node.methods) {
            if ((method.access & CONSTRUCTOR_FLAGS) == 0
                    && !Annotations.isUncounted(method)
                    && !isOfOwnCount(name, method)) {
                MethodInsnNode constructorCall = method.name.equals("<init>") ? ConstructorCall.of(name, method) : null;
                MethodRewriter rewriter =
                        new MethodRewriter(world, name, method, handles.contains(method.name + method.desc));
                changed |= rewriter.rewrite();
                operations = operations.plus(rewriter.operations());
                if (constructorCall != null && world.isCounted(name)) {
                    members.enterConstructor(method, constructorCall);
                }
                members.enterMethod(method);
            }
        }
        if (!changed) {
            return classFile;
        }
        node.version = version(node.version);
        if (members.marker() != null) {
            node.interfaces.add(members.marker());
        }
        members.write(node);
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        node.accept(writer);
        return writer.toByteArray();
    }

    private boolean markFunctionObjects(ClassNode node) {
        boolean marked = false;
        for (MethodNode method : node.methods) {
            for (AbstractInsnNode instruction : method.instructions) {
                marked |= instruction instanceof InvokeDynamicInsnNode dynamic && FunctionObject.mark(world, dynamic);
            }
        }
        return marked;
    }

    private boolean isOfOwnCount(String owner, MethodNode method) {
        Shape counted = world.countedType(owner);
        return counted != null && counted.isOfOwnCount(method.name, method.desc);
    }

    /** Field handles are constants that the JVM makes when they are needed, which class files have since Java 11. */
    private static int version(int version) {
        if ((version & 0xffff) < Opcodes.V1_6) {
            throw new CannotWeave("its class file is of Java 5 or older");
        }
        return (version & 0xffff) < Opcodes.V11 ? Opcodes.V11 : version;
    }

    /** The methods of the class that its function objects call. */
    private static Set<String> handles(ClassNode node) {
        Set<String> handles = new HashSet<>();
        for (MethodNode method : node.methods) {
            for (AbstractInsnNode instruction : method.instructions) {
                if (instruction instanceof InvokeDynamicInsnNode dynamic) {
                    for (Object argument : dynamic.bsmArgs) {
                        if (argument instanceof Handle handle
                                && handle.getOwner().equals(node.name)) {
                            handles.add(handle.getName() + handle.getDesc());
                        }
                    }
                }
            }
        }
        return handles;
    }
}
