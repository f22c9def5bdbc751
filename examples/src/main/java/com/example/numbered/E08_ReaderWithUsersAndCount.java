// SPDX-License-Identifier: Apache-2.0
package com.example.numbered;

import dev.heldby.slot.Slot;
import dev.heldby.slot.SlotCounter;
import java.util.ArrayList;
import java.util.List;

/*
 * An index reader with two counters: users, of those who search, and count, of those who need its files. Every reference is in
 * a slot with a name.
 *
 * Notice:
 *  - all users together hold one reference of count, in the slot users.reader, and the last of them gives it back;
 *  - a search hands its reference over to its hits. That counts nothing, but from there on only the hits may give it back;
 *  - a backup that has nothing to copy forgets the files. Taking the reader down names Backup.start, and Backup.end as the
 *    place where the files are given back when all goes well; nobody who searched is suspected.
 */
public final class E08_ReaderWithUsersAndCount {

    private E08_ReaderWithUsersAndCount() {}

    public static void main(String[] args) {
        boolean fixed = List.of(args).contains("--fixed");
        Reader reader = new Reader();
        List<Hits> hits = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            hits.add(search(reader));
            Backup backup = Backup.start(reader, i, fixed);
            if (backup != null) {
                backup.end();
            }
        }
        hits.forEach(Hits::close);
        reader.leave(reader.opener);
        reader.takeDown();
    }

    private static Hits search(Reader reader) {
        Slot searching = new Slot("search.reader");
        reader.users.get(searching);
        return new Hits(reader, searching);
    }

    private static final class Reader {
        final Slot opener = new Slot("opener.reader");
        final SlotCounter users = new SlotCounter("reader.users", opener);

        private final Slot ofUsers = new Slot("users.reader");
        final SlotCounter count = new SlotCounter("reader.count", ofUsers);

        void leave(Slot user) {
            if (users.put(user)) {
                count.put(ofUsers);
            }
        }

        void takeDown() {
            System.out.println("users left: " + users.value() + ", count left: " + count.value());
            users.close();
            count.close();
        }
    }

    private static final class Hits {
        private final Reader reader;
        private final Slot held = new Slot("hits.reader");

        Hits(Reader reader, Slot searching) {
            this.reader = reader;
            reader.users.move(searching, held);
        }

        void close() {
            reader.leave(held);
        }
    }

    private static final class Backup {
        private final Reader reader;
        private final Slot held;

        private Backup(Reader reader, Slot held) {
            this.reader = reader;
            this.held = held;
        }

        static Backup start(Reader reader, int generation, boolean fixed) {
            Slot held = new Slot("backup.reader");
            reader.count.get(held);
            if (generation == 13) {
                if (fixed) {
                    reader.count.put(held);
                }
                return null; // nothing to copy, and the files are forgotten
            }
            return new Backup(reader, held);
        }

        void end() {
            reader.count.put(held);
        }
    }

    /*
     * To run:
     *   heldby run -- java -cp examples/target/heldby-examples.jar com.example.numbered.E08_ReaderWithUsersAndCount [--fixed]
     */
}
