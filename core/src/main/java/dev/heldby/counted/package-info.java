// SPDX-License-Identifier: Apache-2.0
/**
 * Counted types: classes whose references the weaver counts, so that an object's destructor runs at the moment when its last
 * reference goes. Programs use the annotations and {@link dev.heldby.counted.CountedTypes}; the rest is called by woven code.
 */
@NullMarked
package dev.heldby.counted;

import org.jspecify.annotations.NullMarked;
