// SPDX-License-Identifier: Apache-2.0
/** A JUnit Jupiter extension that fails the test whose own references leaked. */
package dev.heldby.junit;
