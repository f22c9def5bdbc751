// SPDX-License-Identifier: Apache-2.0
/** Classes to plant defects in. */
package dev.heldby.eval.plant.targets;
