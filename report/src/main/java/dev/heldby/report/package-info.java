// SPDX-License-Identifier: Apache-2.0
/** Renders findings as text for people and as JSON, schema {@code heldby-report/1}, for tools; judges nothing. */
package dev.heldby.report;
