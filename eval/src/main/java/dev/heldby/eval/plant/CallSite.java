// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

/**
 * One call, in the code of the program or of its libraries, that takes or gives back a reference.
 *
 * @param id {@code class.method+descriptor#ordinal} among such calls of the method
 * @param get whether it takes
 * @param calls {@code owner.name+descriptor} of what is called
 * @param line -1 where unknown
 * @param early whether the object is a local variable that is used before, so that the release can be moved
 */
public record CallSite(String id, boolean get, String className, String method, String calls, int line, boolean early) {

    static CallSite of(
            String owner,
            String method,
            String descriptor,
            int ordinal,
            Call call,
            String calls,
            int line,
            boolean early) {
        String className = owner.replace('/', '.');
        return new CallSite(
                className + '.' + method + descriptor + '#' + ordinal,
                call.get(),
                className,
                method,
                calls,
                line,
                early);
    }
}
