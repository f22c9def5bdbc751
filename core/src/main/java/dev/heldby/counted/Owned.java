// SPDX-License-Identifier: Apache-2.0
package dev.heldby.counted;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method that is not woven and whose result nobody else holds, such as a native one that makes it: the caller takes over
 * the one reference that came with it. Woven methods always hand over what they return, and need no mark.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Owned {}
