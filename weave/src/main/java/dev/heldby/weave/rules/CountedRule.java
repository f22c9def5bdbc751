// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.rules;

/**
 * One line: a class, with dots, that is to be a counted type as if it were annotated.
 *
 * @param destructor the name of its method without parameters that gives up what an object has
 */
public record CountedRule(String type, String destructor, int line) {}
