// SPDX-License-Identifier: Apache-2.0
package dev.heldby.counted;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What holds no reference: a field that somebody else's reference outlives, or a method whose body is left as it is. What
 * such a method returns is counted by its caller. Whoever uses it vouches that what it refers to lives.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface Uncounted {}
