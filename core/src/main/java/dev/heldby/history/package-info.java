// SPDX-License-Identifier: Apache-2.0
/** Histories: the ordered gets and puts of one counted object, kept until it is said to be reclaimed. */
package dev.heldby.history;
