// SPDX-License-Identifier: Apache-2.0
/** Test classes that the extension is tried on; started by {@code TestsJvm}, never by the build itself. */
package dev.heldby.junit.inner;
