// SPDX-License-Identifier: Apache-2.0
package dev.heldby.counted;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A class whose references are counted, with those of its subclasses. Woven code destroys an object when its last reference
 * goes: the destructor runs, on the thread that gave that reference up, and then what the object's fields hold is given up.
 *
 * <p>It means nothing in a program that is not woven.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Counted {
    /** The name of the destructor: an instance method of the class, or inherited, without parameters, that returns nothing. */
    String destructor() default "close";

    /**
     * Of a class that counts references itself: the name of the method that takes one. An object is made with a count of 1, and
     * destroys itself. To be named together with {@link #release}, and without a destructor; neither takes parameters nor
     * returns anything.
     */
    String retain() default "";

    /** The name of the method that gives a reference back, the first one too. */
    String release() default "";
}
