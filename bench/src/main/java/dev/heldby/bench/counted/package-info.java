// SPDX-License-Identifier: Apache-2.0
/** What counted types cost beside handles that are closed by hand, and how soon each way closes them. */
package dev.heldby.bench.counted;
