// SPDX-License-Identifier: Apache-2.0
package dev.heldby.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A missing release that is known and does not fail the test. On a class it holds for each of its tests, for its nested
 * classes, and for the class itself.
 *
 * <p>If it did not happen, that is only noted, as a report entry of the test.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(AllowedLeak.All.class)
public @interface AllowedLeak {

    /** The leaked objects' class as findings show it, with its package or without. */
    String type();

    /** Why it may be, such as the issue that will end it. */
    String reason();

    /** How many such objects at the most; if there are more, all of them are reported. */
    int max() default Integer.MAX_VALUE;

    /** Several of them. */
    @Documented
    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    @interface All {
        AllowedLeak[] value();
    }
}
