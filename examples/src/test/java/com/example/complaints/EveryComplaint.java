// SPDX-License-Identifier: Apache-2.0
package com.example.complaints;

import dev.heldby.complaint.Complaints;
import dev.heldby.count.SaturatingCount;
import dev.heldby.handle.Handle;
import dev.heldby.history.CountHistory;
import dev.heldby.slot.Slot;
import dev.heldby.slot.SlotCounter;
import dev.heldby.tracker.Directory;
import dev.heldby.tracker.Tracker;

/** Does everything wrong that the tracking library complains of, and prints the first line of each complaint. */
public final class EveryComplaint {
    static final String BEGIN = "complaint: ";

    private EveryComplaint() {}

    public static void main(String[] args) {
        Complaints.ofProcess()
                .listen(complaint -> System.out.println(
                        BEGIN + complaint.text().lines().findFirst().orElse("")));
        directories();
        counts();
        handles();
        histories();
        slots();
    }

    private static void directories() {
        Directory room = Directory.builder("room").capacity(1).open();
        Tracker taken = room.take();
        Tracker beyond = room.take();
        beyond.release();
        beyond.release();
        room.release(null);
        room.releaseAnonymous();
        Directory other = Directory.named("other");
        other.release(taken);
        other.takeAnonymous();
        other.close();
        room.close();
        taken.release();
        taken.release();
        room.take();
        Directory full = Directory.builder("full").capacity(1).open();
        full.take();
        full.take();
        full.close();
    }

    private static void counts() {
        new SaturatingCount(0).increment();
        new SaturatingCount(0).decrementAndTest();
        new SaturatingCount(1).decrement();
        new SaturatingCount(SaturatingCount.MAX).increment();
        new SaturatingCount(SaturatingCount.MAX).incrementUnlessZero();
    }

    private static void handles() {
        Handle<String> first = Handle.of("object", object -> {});
        Handle<String> second = first.retain();
        Handle<String> third = first.retain();
        first.close();
        refused(first::get);
        first.close();
        second.destroy();
        refused(second::get);
        refused(third::get);
    }

    private static void histories() {
        Object object = new Object();
        CountHistory history = CountHistory.of(object, "object");
        history.put();
        history.put();
        history.exit();
        history.get();
        history.put();
        history.exit();
    }

    private static void slots() {
        Slot slot = new Slot("slot");
        Slot empty = new Slot("empty");
        SlotCounter users = new SlotCounter("users", slot);
        SlotCounter count = new SlotCounter("count");
        refused(() -> users.get(slot));
        refused(() -> users.put(empty));
        refused(() -> users.move(empty, slot));
        refused(() -> count.put(slot));
        refused(() -> count.move(slot, empty));
        refused(() -> users.put(null));
        users.close();
        refused(() -> users.get(empty));
    }

    private static void refused(Runnable use) {
        try {
            use.run();
        } catch (IllegalStateException e) {
            return;
        }
        throw new AssertionError("not refused");
    }
}
