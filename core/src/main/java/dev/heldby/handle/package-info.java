// SPDX-License-Identifier: Apache-2.0
/** One checked handle for each reference to a counted object, as perf's reference count checker has it. */
package dev.heldby.handle;
