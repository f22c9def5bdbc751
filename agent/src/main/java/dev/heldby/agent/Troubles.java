// SPDX-License-Identifier: Apache-2.0
package dev.heldby.agent;

import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What went wrong in the agent: each sentence is told once on the error stream, and is in every snapshot. */
final class Troubles extends AbstractList<String> {
    private static final int LIMIT = 20;
    private final List<String> sentences = new CopyOnWriteArrayList<>();

    void tell(String sentence) {
        synchronized (this) {
            if (sentences.contains(sentence) || sentences.size() > LIMIT) {
                return;
            }
            sentences.add(sentences.size() == LIMIT ? "There were more troubles, which are not listed." : sentence);
        }
        System.err.println("HeldBy: " + sentence);
    }

    @Override
    public String get(int index) {
        return sentences.get(index);
    }

    @Override
    public int size() {
        return sentences.size();
    }
}
