// SPDX-License-Identifier: Apache-2.0
/**
 * References that are held by name: each is in a slot, and only the slot that holds one can give it back or hand it over.
 *
 * <pre>
 * SlotCounter ---- Roster (count, name)       shared with the registry, so that a counter
 *                    |                        that is dropped can still be judged
 *              HeldReference, ...             in the order in which their slots got them
 *                    |
 *                  Slot ---- Mark             its last event, and the reference that it is about
 * </pre>
 */
package dev.heldby.slot;
