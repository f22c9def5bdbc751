// SPDX-License-Identifier: Apache-2.0
/** Records what happens to counted objects. */
package dev.heldby;
