// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.targets;

import dev.heldby.weave.targets.Lent.Lents;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/** What a method may do with references in its variables: each method here is named after what is to be said of it. */
@SuppressWarnings("unused")
public class Lapsing {
    private static final List<Lent> KEPT = new ArrayList<>();
    private final Lent field = Lent.shared();
    private int read;

    Lapsing() {}

    /** A constructor like any other method. */
    Lapsing(Lent lent) {
        this();
        lent.release();
        read = lent.read(); // lapsed
    }

    static void lapsesWhenUsedAfterItsRelease() {
        Lent lent = Lent.shared();
        lent.read();
        lent.release();
        lent.read(); // lapsed
    }

    static void lapsesWhenAUseThatWouldThrowDoesNot() {
        Lent lent = Lent.shared();
        lent.release();
        lent.look(); // lapsed
    }

    static void lapsesThoughTheGetsResultIsHeld() {
        Lent lent = new Lent();
        Lent other = lent.retain();
        lent.release();
        lent.read(); // lapsed
        other.read();
        other.release();
    }

    static void lapsesInACopyAndThroughACast() {
        Object copy = Lent.shared();
        Lent lent = (Lent) copy;
        lent.release();
        ((Lent) copy).read(); // lapsed
    }

    static void lapsesThroughHelpers() {
        Lent lent = Lent.shared();
        Lents.release(lent);
        Lents.read("", lent); // lapsed
    }

    static void lapsesWhenMoreIsGivenBackThanWasTaken() {
        Lent lent = Lent.shared();
        lent.retain();
        lent.release(2);
        lent.read(); // lapsed
    }

    static void lapsesOnOneOfTwoWays() {
        for (int i = 0; i < 2; i++) {
            Lent lent = Lent.shared();
            if (i == 1) {
                lent.release();
            }
            long wide = i;
            lent.read(); // lapsed
            double wider = wide;
        }
    }

    static void lapsesInAHandler() {
        Lent lent = null;
        try {
            lent = Lent.shared();
            lent.release();
            throw new IllegalStateException("thrown");
        } catch (IllegalStateException e) {
            lent.read(); // lapsed
        } finally {
            KEPT.clear();
        }
    }

    static void lapsesWhenItsTypesOwnTakesItsPlace() {
        Lent lent = Lent.shared();
        lent = lent.retain();
        lent.release();
        lent.release();
        lent = Lent.shared();
        lent.release();
        lent.read(); // lapsed
    }

    static void lapsesInALambda() {
        Lent lent = Lent.shared();
        IntSupplier supplier = () -> {
            lent.release();
            return lent.read(); // lapsed
        };
        supplier.getAsInt();
    }

    static void lapsesInAConstructor() {
        new Lapsing(Lent.shared());
    }

    static void lapsesOfAParameter() {
        parameter(1L, Lent.shared());
    }

    private static void parameter(long wide, Lent lent) {
        lent.tryRelease();
        lent.read(); // lapsed
    }

    static void isFineWhenUsedBefore() {
        Lent lent = Lent.shared();
        lent.read();
        lent.release();
        lent.count();
    }

    static void isFineWhenItTookOneMore() {
        Lent lent = new Lent();
        lent.retain();
        lent.release();
        lent.read();
        lent.release();
    }

    static void isFineWhenTheGetsResultTakesItsPlace() {
        Lent lent = new Lent();
        lent = lent.retain();
        lent.release();
        lent.read();
        lent.release();
    }

    static void isFineWhenTheGetWasPassedOn() {
        Lent lent = new Lent();
        KEPT.add(lent.retain());
        lent.release();
        lent.read();
    }

    static void isFineWhenItWasTakenUnderAnotherName() {
        Lent lent = new Lent();
        lent.keep();
        lent.release();
        lent.read();
    }

    static void isFineWhenTakenAgain() {
        Lent lent = Lent.shared();
        lent.release();
        lent.retain();
        lent.read();
    }

    static void isFineWhenFieldsAreReadAnew() {
        Lapsing lapsing = new Lapsing();
        lapsing.field.release();
        lapsing.field.read();
    }

    static void isFineWhenItMayBeAnother() {
        Lent one = Lent.shared();
        Lent other = Lent.shared();
        Lent either = KEPT.isEmpty() ? one : other;
        either.release();
        one.read();
        either.read();
    }

    static void isFineWhenMadeAnewInEachRound() {
        Lent all = new Lent();
        for (int i = 0; i < 3; i++) {
            all.retain();
            Lent lent = same(all);
            lent.read();
            lent.release();
        }
        all.read();
    }

    private static Lent same(Lent lent) {
        return lent;
    }

    static void isFineWhenItIsTheOneOfTheRoundBefore() {
        Lent before = null;
        for (int i = 0; i < 3; i++) {
            Lent lent = i < 2 ? Lent.shared() : null;
            if (before != null) {
                before.read();
                before.release();
            }
            before = lent;
        }
    }

    static void isFineWhenTheLaterOneOfTwoRoundsGivesBack() {
        Lent all = new Lent();
        Lent last = null;
        for (int i = 0; i < 2; i++) {
            Lent earlier = last;
            all.retain();
            last = same(all);
            if (earlier != null) {
                last.release();
                earlier.read();
            }
        }
    }

    static void isFineWhenTheNextTakesItsPlace() {
        Lent lent = Lent.shared();
        for (int i = 0; i < 3; i++) {
            lent.read();
            Lent next = lent.next();
            lent.release();
            lent = next;
        }
        lent = lent.next();
        lent.read();
    }

    static void isFineWhenNotGivenBack() {
        Lent lent = new Lent();
        lent.tryRelease();
        lent.read();
        try {
            lent.release(2);
        } catch (IllegalStateException e) {
            lent.read();
        }
        lent.read();
        lent.release();
    }

    static void isFineWhenAnotherMethodGaveBack() {
        Lent lent = Lent.shared();
        giveBack(lent);
        lent.read();
    }

    private static void giveBack(Lent lent) {
        lent.release();
    }

    static void isFineWhenAnotherUsesIt() {
        Lent lent = new Lent();
        KEPT.add(lent.retain());
        Lent other = lent.retain();
        lent.release();
        lent.release();
        useKept(lent);
    }

    private static void useKept(Lent lent) {
        KEPT.get(0).read();
    }

    static void isFineWhenItProvesToHaveHadSeveral() {
        Lent lent = Lent.shared();
        lent.release();
        lent.read();
        lent.release();
    }

    static void isFineWhenItIsRefused() {
        Lent lent = new Lent();
        lent.release();
        try {
            lent.read();
        } catch (IllegalStateException e) {
            KEPT.clear();
        }
    }

    public static void prepare() {
        KEPT.clear();
    }
}
