// SPDX-License-Identifier: Apache-2.0
/**
 * Who holds a resource: a directory of its live references, each with the stack that took it.
 *
 * <pre>
 * Directory ---- Account (name, counters, rule)      shared with the registry, so that a directory
 *     |             |                                that is dropped unclosed can still be judged
 *  Stripes ---- Stripe, Stripe, ...                  a thread's share of the list, each with its lock
 *                   |
 *                Tracker <-> Tracker <-> ...         newest first
 * </pre>
 */
package dev.heldby.tracker;
