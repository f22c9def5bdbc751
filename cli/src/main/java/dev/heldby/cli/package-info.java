// SPDX-License-Identifier: Apache-2.0
/** The {@code heldby} command: starts or finds the program to watch, and shows what was found. */
package dev.heldby.cli;
