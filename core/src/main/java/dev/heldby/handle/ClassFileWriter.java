// SPDX-License-Identifier: Apache-2.0
package dev.heldby.handle;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a class without fields, in the format of chapter 4 of the JVM specification.
 *
 * <pre>
 *   magic, version | constant pool | access, this, super, interfaces | no fields | methods | no attributes
 * </pre>
 *
 * <p>The code is given as bytes. It must be without branches, since no stack maps are written. Not safe for threads.
 */
final class ClassFileWriter {
    static final int PUBLIC = 0x0001;
    static final int PROTECTED = 0x0004;
    static final int FIELD = 9;
    static final int METHOD = 10;
    static final int INTERFACE_METHOD = 11;

    private static final int MAGIC = 0xcafebabe;
    private static final int JAVA_17 = 61;
    private static final int FINAL = 0x0010;
    private static final int SUPER = 0x0020;
    private static final int SYNTHETIC = 0x1000;
    private static final int UTF8 = 1;
    private static final int CLASS = 7;
    private static final int NAME_AND_TYPE = 12;

    /** The pool's entries by their contents, and their indexes. */
    private final Map<List<Object>, Integer> indexes = new LinkedHashMap<>();

    private final Bytes pool = new Bytes();
    private final Bytes methods = new Bytes();
    private final Bytes head = new Bytes();
    private int methodCount;

    /** Big-endian numbers one after another. */
    static final class Bytes {
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();

        Bytes u1(int value) {
            written.write(value);
            return this;
        }

        Bytes u2(int value) {
            return u1(value >>> 8).u1(value);
        }

        Bytes u4(int value) {
            return u2(value >>> 16).u2(value);
        }

        Bytes all(Bytes other) {
            written.writeBytes(other.toArray());
            return this;
        }

        Bytes utf8(String text) {
            try {
                new DataOutputStream(written).writeUTF(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return this;
        }

        int size() {
            return written.size();
        }

        byte[] toArray() {
            return written.toByteArray();
        }
    }

    /** A public, final class. Names are internal ones, such as {@code java/lang/Object}. */
    ClassFileWriter(String name, String superclass, String implemented) {
        head.u2(PUBLIC | FINAL | SUPER | SYNTHETIC).u2(type(name)).u2(type(superclass));
        head.u2(1).u2(type(implemented));
        head.u2(0);
    }

    /** The index of a class in the pool. */
    int type(String name) {
        return entry(CLASS, utf8(name));
    }

    /** The index of a field or method in the pool. */
    int member(int kind, String owner, String name, String descriptor) {
        return entry(kind, type(owner), entry(NAME_AND_TYPE, utf8(name), utf8(descriptor)));
    }

    private int utf8(String text) {
        Integer known = indexes.get(List.of(UTF8, text));
        if (known != null) {
            return known;
        }
        pool.u1(UTF8).utf8(text);
        return added(List.of(UTF8, text));
    }

    private int entry(int kind, int... parts) {
        List<Object> key = parts.length == 1 ? List.of(kind, parts[0]) : List.of(kind, parts[0], parts[1]);
        Integer known = indexes.get(key);
        if (known != null) {
            return known;
        }
        pool.u1(kind);
        for (int part : parts) {
            pool.u2(part);
        }
        return added(key);
    }

    private int added(List<Object> key) {
        indexes.put(key, indexes.size() + 1);
        return indexes.size();
    }

    void method(int access, String name, String descriptor, int stack, int locals, Bytes code) {
        Bytes attribute = new Bytes().u2(stack).u2(locals).u4(code.size()).all(code);
        attribute.u2(0).u2(0);
        methods.u2(access).u2(utf8(name)).u2(utf8(descriptor)).u2(1);
        methods.u2(utf8("Code")).u4(attribute.size()).all(attribute);
        methodCount++;
    }

    byte[] toArray() {
        Bytes file = new Bytes().u4(MAGIC).u2(0).u2(JAVA_17);
        file.u2(indexes.size() + 1).all(pool).all(head);
        return file.u2(methodCount).all(methods).u2(0).toArray();
    }
}
