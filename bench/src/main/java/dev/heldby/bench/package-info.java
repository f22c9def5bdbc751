// SPDX-License-Identifier: Apache-2.0
/** What following lifecycles costs, beside what the peers cost, in one run. */
package dev.heldby.bench;
