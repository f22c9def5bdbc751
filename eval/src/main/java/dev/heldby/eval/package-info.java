// SPDX-License-Identifier: Apache-2.0
/** The proof of accuracy: chooses defects, plants them in workloads, lets HeldBy look, and scores what it says. */
package dev.heldby.eval;
