// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.rules;

import java.util.List;

/**
 * Methods of one class, by name or by an annotation that they carry.
 *
 * @param owner the class that declares them, with dots; null for the class of the stanza
 * @param name the method's name; {@code @} and a class name for the methods with that annotation
 * @param parameters the simple names of the parameter types, so that a relocated copy matches too; null for any
 */
public record MethodPattern(String owner, String name, List<String> parameters) {

    /** Whether a method of that name and those simple parameter type names is meant. */
    public boolean matches(String methodName, List<String> parameterTypes) {
        return name.equals(methodName) && (parameters == null || parameters.equals(parameterTypes));
    }

    /** Whether it goes by annotation. */
    public boolean byAnnotation() {
        return name.startsWith("@");
    }

    @Override
    public String toString() {
        return (owner == null ? "" : owner + ".")
                + name
                + (parameters == null ? "" : "(" + String.join(", ", parameters) + ")");
    }
}
