// SPDX-License-Identifier: Apache-2.0
package dev.heldby.snapshot;

/**
 * A call in the code of a program that gives back a reference to an object of a rule, whether it was ever made or not.
 *
 * @param className of the caller, with dots
 * @param file null where the class does not say
 * @param line -1 where the class does not say
 */
public record ReleaseCall(String rule, String className, String method, String file, int line) {}
