// SPDX-License-Identifier: Apache-2.0
/**
 * Rules: what a library calls its gets and puts. A rule is a text file, one a library, described in {@code docs/rules.md}.
 *
 * <pre>
 * RuleBook > Rule > TypeRule > Operation > MethodPattern
 *                 > BlockRule > BlockOperation > MethodPattern
 *                 > CountedRule
 * </pre>
 */
package dev.heldby.weave.rules;
