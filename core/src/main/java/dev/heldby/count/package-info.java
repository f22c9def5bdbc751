// SPDX-License-Identifier: Apache-2.0
/** A reference count that saturates where it would wrap or be used after zero: the kernel's {@code refcount_t}. */
package dev.heldby.count;
