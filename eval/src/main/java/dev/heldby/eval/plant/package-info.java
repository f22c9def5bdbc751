// SPDX-License-Identifier: Apache-2.0
/** An agent that counts the calls which take and give back references, and spoils exactly one of them. */
package dev.heldby.eval.plant;
