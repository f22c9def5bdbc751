// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import java.lang.reflect.Modifier;

/** Looks inside objects that only wrap a counted one. */
final class Wrappers {
    private Wrappers() {}

    /** What the method, found in a public class of the object's, returns; null if there is none, or it fails. */
    static Object inner(Object wrapper, String method) {
        Class<?> type = wrapper == null ? null : wrapper.getClass();
        while (type != null && !Modifier.isPublic(type.getModifiers())) {
            type = type.getSuperclass();
        }
        try {
            return type == null ? null : type.getMethod(method).invoke(wrapper);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }
}
