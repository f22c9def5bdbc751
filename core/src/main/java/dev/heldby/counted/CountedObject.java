// SPDX-License-Identifier: Apache-2.0
package dev.heldby.counted;

/** What the weaver makes of a {@link Counted} class: its objects are in the statistics, and have a destructor. */
public interface CountedObject extends Countable {}
