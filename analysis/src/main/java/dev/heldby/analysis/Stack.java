// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import java.util.List;

/**
 * A recorded stack, innermost frame first.
 *
 * @param program the frames that are no plumbing; at least one, unless nothing was recorded
 */
record Stack(List<Site> frames, List<Site> program) {

    boolean isEmpty() {
        return frames.isEmpty();
    }

    /** The place that decided to act, whoever called it; empty where nothing was recorded. */
    List<Site> places() {
        return program.stream().limit(1).toList();
    }

    /** The place that decided to act. */
    Site site() {
        return program.get(0);
    }

    /** How many frames lie within the site, so that a stack of an object inside another one has more of them. */
    int framesWithin(Site site) {
        return frames.indexOf(site);
    }

    /**
     * The number of program frames, outermost first, that both stacks passed in the same calls. The last of them is the
     * method that made both calls; the lines in it may differ.
     */
    int shared(Stack other) {
        int shared = 0;
        int mine = program.size() - 1;
        int theirs = other.program.size() - 1;
        while (mine >= 0 && theirs >= 0 && program.get(mine).sameMethod(other.program.get(theirs))) {
            shared++;
            if (program.get(mine--).line() != other.program.get(theirs--).line()) {
                break;
            }
        }
        return shared;
    }

    /** Whether both have the same {@code depth} innermost program frames. */
    boolean startsLike(Stack other, int depth) {
        return program.size() >= depth
                && other.program.size() >= depth
                && program.subList(0, depth).equals(other.program.subList(0, depth));
    }

    /** Whether, seen from within, different methods made the first calls that differ; not only other lines of one. */
    boolean calledByAnother(Stack other) {
        int depth = Math.min(program.size(), other.program.size());
        for (int i = 0; i < depth; i++) {
            if (!program.get(i).equals(other.program.get(i))) {
                return !program.get(i).sameMethod(other.program.get(i));
            }
        }
        return false;
    }

    /**
     * What tells a holder from others: the innermost program frame with its line, and the method that called it, so that
     * one shared wrapper is seen through. From which line of that method does not matter: a first call and one in a loop
     * are one holder's.
     */
    List<Site> holder() {
        return program.size() < 2
                ? program
                : List.of(program.get(0), program.get(1).anyLine());
    }

    /** The holder, from whichever line. */
    List<Site> holderMethods() {
        return holder().stream().map(Site::anyLine).toList();
    }

    boolean sameHolder(Stack other) {
        return holder().equals(other.holder());
    }

    /** How many innermost program frames are in the same methods. */
    int methodsInCommon(Stack other) {
        int depth = 0;
        while (depth < Math.min(program.size(), other.program.size())
                && program.get(depth).sameMethod(other.program.get(depth))) {
            depth++;
        }
        return depth;
    }

    boolean sameProgram(Stack other) {
        return program.equals(other.program);
    }

    /**
     * The innermost program frame at which this stack differs from all the others. It steps out of a method that
     * everybody shares, such as a wrapper of {@code retain}. Stacks equal to this one do not count; where nothing
     * differs it is the innermost program frame.
     */
    Site siteAgainst(List<Stack> others) {
        for (int depth = 1; depth <= program.size(); depth++) {
            int frames = depth;
            if (others.stream().noneMatch(o -> !sameProgram(o) && startsLike(o, frames))) {
                return program.get(depth - 1);
            }
        }
        return site();
    }

    List<Site> outwardFrom(Site site) {
        return program.subList(program.indexOf(site), program.size());
    }
}
