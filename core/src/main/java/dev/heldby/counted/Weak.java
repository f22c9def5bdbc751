// SPDX-License-Identifier: Apache-2.0
package dev.heldby.counted;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A field that holds no reference, and reads as null once what it refers to is destroyed. It breaks cycles, such as that of a
 * child and its parent.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Weak {}
