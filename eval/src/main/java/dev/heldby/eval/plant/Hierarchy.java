// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/** Writes a class whose frames are computed anew, with super classes read as files: no class is loaded for it. */
final class Hierarchy extends ClassWriter {
    private static final String OBJECT = "java/lang/Object";

    private final ClassLoader loader;

    Hierarchy(ClassLoader loader) {
        super(COMPUTE_FRAMES);
        this.loader = loader;
    }

    @Override
    protected String getCommonSuperClass(String one, String other) {
        List<String> ancestors = ancestors(one);
        for (String ancestor : ancestors(other)) {
            if (ancestors.contains(ancestor)) {
                return ancestor;
            }
        }
        return OBJECT;
    }

    private List<String> ancestors(String name) {
        List<String> ancestors = new ArrayList<>();
        String next = name;
        while (next != null && !next.equals(OBJECT)) {
            ancestors.add(next);
            next = superClass(next);
        }
        ancestors.add(OBJECT);
        return ancestors;
    }

    /** For an interface, as the verifier sees it, the root of all. */
    private String superClass(String name) {
        String file = name + ".class";
        try (InputStream in =
                loader == null ? ClassLoader.getSystemResourceAsStream(file) : loader.getResourceAsStream(file)) {
            if (in == null) {
                return OBJECT;
            }
            ClassReader reader = new ClassReader(in);
            return (reader.getAccess() & Opcodes.ACC_INTERFACE) != 0 ? OBJECT : reader.getSuperName();
        } catch (IOException e) {
            return OBJECT;
        }
    }
}
