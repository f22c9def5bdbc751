// SPDX-License-Identifier: Apache-2.0
package dev.heldby.snapshot;

import java.util.List;

/**
 * How objects born with one stack lived when all went well.
 *
 * @param count how many died in good order
 * @param finalPuts where their last reference was given back, most usual first
 * @param examples the ways in which they lived
 */
public record Healthy(
        String rule, List<StackTraceElement> birth, long count, List<FinalPut> finalPuts, List<Example> examples) {

    /** One place where last references are given back, and how often that happened there. */
    public record FinalPut(List<StackTraceElement> stack, long count) {}

    /** One whole history, and how many went through the same operations at the same places in whichever order. */
    public record Example(History history, long count) {}
}
