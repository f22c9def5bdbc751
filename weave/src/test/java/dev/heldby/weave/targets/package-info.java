// SPDX-License-Identifier: Apache-2.0
/** Classes to be woven, one for each shape of code: each has its rules, and its expectation after each call. */
package dev.heldby.weave.targets;
