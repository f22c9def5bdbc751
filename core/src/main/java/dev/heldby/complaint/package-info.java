// SPDX-License-Identifier: Apache-2.0
/** What the tracking library says, at the moment when a program does wrong: log, flight recorder, listeners. */
package dev.heldby.complaint;
