// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import java.util.Set;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * Methods outside the program that are known not to keep their arguments when they have returned. An object that is passed to
 * any other is lent for good: it is never destroyed, since nobody can know when that method's keeper is done with it.
 */
final class Borrowers {
    private static final Set<String> NAMES =
            Set.of("equals", "hashCode", "toString", "getClass", "compareTo", "compare", "clone", "close", "finalize");

    /** Methods of containers that change nothing in them. */
    private static final Set<String> READING = Set.of(
            "get",
            "getOrDefault",
            "getKey",
            "getValue",
            "size",
            "isEmpty",
            "isPresent",
            "contains",
            "containsKey",
            "containsValue",
            "containsAll",
            "indexOf",
            "lastIndexOf",
            "iterator",
            "listIterator",
            "hasNext",
            "next",
            "hasPrevious",
            "previous",
            "keySet",
            "values",
            "entrySet",
            "subList",
            "headMap",
            "tailMap",
            "subMap",
            "peek",
            "peekFirst",
            "peekLast",
            "element",
            "getFirst",
            "getLast",
            "first",
            "last",
            "orElse",
            "orElseGet",
            "stream",
            "toArray",
            "toString",
            "hashCode",
            "equals",
            "nextIndex",
            "previousIndex",
            "firstKey",
            "lastKey");

    /** Methods that change no array that they are passed. */
    private static final Set<String> ARRAY_READING = Set.of(
            "asList",
            "copyOf",
            "copyOfRange",
            "stream",
            "toString",
            "hashCode",
            "equals",
            "deepToString",
            "binarySearch",
            "of",
            "format",
            "printf",
            "invoke",
            "newInstance",
            "addAll");

    private static final Set<String> CLASSES = Set.of(
            "java/lang/String",
            "java/lang/StringBuilder",
            "java/lang/StringBuffer",
            "java/lang/System",
            "java/lang/Class",
            "java/lang/Object",
            "java/lang/Record",
            "java/lang/Enum",
            "java/io/PrintStream",
            "java/io/PrintWriter",
            "java/util/Objects",
            "java/lang/ref/Reference",
            "java/lang/Iterable");

    private Borrowers() {}

    /** @param declaring the class that declares the method, or the one that the code names */
    static boolean keepsNothing(String declaring, String method) {
        return NAMES.contains(method)
                || declaring.startsWith("dev/heldby/counted/")
                || CLASSES.contains(declaring)
                || declaring.startsWith("java/util/stream/")
                || declaring.equals("java/util/Collections")
                || declaring.equals("java/util/Arrays") && ARRAY_READING.contains(method)
                || declaring.equals("java/util/Arrays") && method.equals("sort");
    }

    static boolean leavesContainer(String method) {
        return READING.contains(method);
    }

    static boolean leavesArrays(MethodInsnNode call) {
        return ARRAY_READING.contains(call.name);
    }
}
