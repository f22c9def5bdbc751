// SPDX-License-Identifier: Apache-2.0
/**
 * Turns a snapshot into findings: which reference was taken and never given back, and where it should have been.
 *
 * <pre>
 *  Snapshot --Judge--> Suspicion, one per wrong event --Grouping--> Finding, one per defect
 *               ^
 *   Matching (who gave back what) with HealthyModel (what objects that died in good order did)
 *                                           ^
 *                     Lessons (who gives back for whom), found by Alignment over whole lives
 * </pre>
 */
package dev.heldby.analysis;
