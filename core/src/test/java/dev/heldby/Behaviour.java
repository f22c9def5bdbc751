// SPDX-License-Identifier: Apache-2.0
package dev.heldby;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The test shows these numbered behaviours of the kernel's systems, which {@code behaviours.txt} lists. Exactly one test
 * claims each number; {@code docs/behaviours.md} is made from the claims.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Behaviour {

    /** Such as {@code "RT-5"}. */
    String[] value();

    /** What HeldBy does where the kernel's behaviour is a quirk, and why; empty where HeldBy does as the kernel does. */
    String choice() default "";
}
