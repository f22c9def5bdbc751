// SPDX-License-Identifier: Apache-2.0
package dev.heldby.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How {@link HeldByExtension} checks a test method, or a class with all its methods and nested classes. The nearest
 * annotation counts, as a whole.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface LeakCheck {

    /** False to leave it unchecked. What is born in an unchecked test is not its class's either. */
    boolean enabled() default true;

    /** How long after its end a test's references may still be given back, on whichever thread. */
    long waitMillis() default 2000;

    /**
     * Whether a surplus release or a use after release fails the test, also where somebody caught the exception. False
     * for a test that does such a thing on purpose.
     */
    boolean refusedCalls() default true;
}
