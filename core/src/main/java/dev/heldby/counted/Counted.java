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
}
