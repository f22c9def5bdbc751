// SPDX-License-Identifier: Apache-2.0
package dev.heldby.depot;

import java.util.Set;

/** The frames that recording itself puts on a stack. */
final class OwnFrames {
    private static final Set<String> CLASSES = Set.of(
            "dev.heldby.block.BlockProbes",
            "dev.heldby.block.Blocks",
            "dev.heldby.block.Door",
            "dev.heldby.counted.Adoption",
            "dev.heldby.counted.ArrayCopy",
            "dev.heldby.counted.Containers",
            "dev.heldby.counted.CountedTypes",
            "dev.heldby.counted.Destruction",
            "dev.heldby.counted.Externals",
            "dev.heldby.counted.Faults",
            "dev.heldby.counted.Outside",
            "dev.heldby.counted.OwnCount",
            "dev.heldby.counted.References",
            "dev.heldby.counted.Statistics",
            "dev.heldby.depot.StackDepot",
            "dev.heldby.depot.StackCapture",
            "dev.heldby.recording.Lapses",
            "dev.heldby.recording.Recorder",
            "dev.heldby.recording.Refusals",
            "dev.heldby.recording.Traces",
            "dev.heldby.recording.Probes",
            "dev.heldby.recording.Witness",
            "dev.heldby.slot.Moment",
            "dev.heldby.slot.Slot",
            "dev.heldby.slot.SlotCounter",
            "dev.heldby.slot.SlotCounters",
            "dev.heldby.slot.SlotErrors",
            "dev.heldby.tracker.Directory",
            "dev.heldby.tracker.Directories",
            "dev.heldby.tracker.Releasing",
            "dev.heldby.tracker.Tracker",
            "dev.heldby.count.SaturatingCount",
            "dev.heldby.count.Misuses",
            "dev.heldby.history.CountHistory",
            "dev.heldby.history.Histories",
            "dev.heldby.history.FollowedHistory",
            "dev.heldby.handle.Handle",
            "dev.heldby.handle.HandleFault",
            "dev.heldby.handle.CheckedView",
            "dev.heldby.handle.GeneratedView",
            "java.lang.$HeldBy");

    private OwnFrames() {}

    static boolean include(String className) {
        return CLASSES.contains(className);
    }
}
