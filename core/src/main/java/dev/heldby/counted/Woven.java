// SPDX-License-Identifier: Apache-2.0
package dev.heldby.counted;

/** What the weaver makes of classes whose methods count what they keep, however they are called. */
public interface Woven {}
