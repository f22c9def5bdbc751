// SPDX-License-Identifier: Apache-2.0
/**
 * One defect an example, to be read in order: first what to notice, then the program, then how to run it.
 *
 * <p>Each takes {@code --fixed}, which runs the same program without the defect; the eleventh has none, and shows how to do
 * without releases. The last two are about counted types.
 */
package com.example.numbered;
