// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import dev.heldby.recording.CountedKind;
import dev.heldby.weave.rules.RuleBook;

/** A rule's stanza at work on one class, with the number of its kind. */
record Stanza(RuleBook.Entry entry, CountedKind kind) {}
