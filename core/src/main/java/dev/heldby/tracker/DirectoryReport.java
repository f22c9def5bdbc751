// SPDX-License-Identifier: Apache-2.0
package dev.heldby.tracker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeSet;

/**
 * The held references of a directory by the stack that took them, newest first:
 *
 * <pre>
 * netdev@3 has 2/3 users at
 *      com.example.Tunnel.open(Tunnel.java:41)
 *      ...
 *
 * netdev@3 skipped reports about 1/3 users.
 * </pre>
 *
 * Costs one pass over the references and a sort by time.
 */
final class DirectoryReport {
    private static final int NAMED_HOLDERS = 3;

    private record Group(int stack, List<Tracker> users) {}

    private DirectoryReport() {}

    static String of(Account account, Stripes stripes, int limit) {
        List<Group> groups = groups(stripes);
        int total = groups.stream().mapToInt(group -> group.users.size()).sum();
        StringBuilder text = new StringBuilder();
        int shown = 0;
        for (Group group : groups.subList(0, Math.min(Math.max(0, limit), groups.size()))) {
            shown += group.users.size();
            text.append(account.shown())
                    .append(" has ")
                    .append(group.users.size())
                    .append('/')
                    .append(total)
                    .append(" users ")
                    .append(where(account, group))
                    .append('\n');
        }
        if (shown < total) {
            text.append(account.shown() + " skipped reports about " + (total - shown) + "/" + total + " users.\n");
        }
        return text.toString();
    }

    private static String where(Account account, Group group) {
        String place = group.stack == 0
                ? "without a recorded stack; level full records it" + holders(group) + "\n"
                : "at" + holders(group) + "\n" + account.witness.lines(group.stack);
        return place;
    }

    private static String holders(Group group) {
        TreeSet<String> names = new TreeSet<>();
        group.users.forEach(user -> {
            if (user.holder != null) {
                names.add(user.holder.toString());
            }
        });
        if (names.isEmpty()) {
            return "";
        }
        StringJoiner joined = new StringJoiner(", ", " (", ")");
        names.stream().limit(NAMED_HOLDERS).forEach(joined::add);
        return names.size() <= NAMED_HOLDERS
                ? joined.toString()
                : joined.add("and " + (names.size() - NAMED_HOLDERS) + " more").toString();
    }

    private static List<Group> groups(Stripes stripes) {
        Map<Integer, Group> groups = new LinkedHashMap<>();
        for (Tracker tracker : newestFirst(stripes)) {
            groups.computeIfAbsent(tracker.takenStack(), stack -> new Group(stack, new ArrayList<>()))
                    .users
                    .add(tracker);
        }
        return List.copyOf(groups.values());
    }

    static List<Tracker> newestFirst(Stripes stripes) {
        List<Tracker> all = new ArrayList<>();
        stripes.forEach(all::add);
        all.sort(Comparator.comparingLong(Tracker::takenMicros).reversed());
        return all;
    }
}
