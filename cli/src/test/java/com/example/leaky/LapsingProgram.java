// SPDX-License-Identifier: Apache-2.0
package com.example.leaky;

/** Opens a door with a key that a board holds as well: {@code late}, when it has given its own reference back, or in time. */
public final class LapsingProgram {
    private LapsingProgram() {}

    /** Counted; {@code LapsedIT} has the rules. */
    static final class Key {
        private int holders = 1;

        Key retain() {
            holders++;
            return this;
        }

        void release() {
            holders--;
        }

        void turn() {
            if (holders == 0) {
                throw new IllegalStateException("no key");
            }
        }
    }

    /** Holds a key. */
    static final class Board {
        private Key key;

        void hang(Key hung) {
            key = hung.retain();
        }

        void clear() {
            key.release();
        }
    }

    public static void main(String... args) {
        Board board = new Board();
        if (args[0].equals("late")) {
            enterLate(board);
        } else {
            enter(board);
        }
        board.clear();
    }

    private static void enterLate(Board board) {
        Key key = new Key();
        board.hang(key);
        key.release();
        key.turn();
    }

    private static void enter(Board board) {
        Key key = new Key();
        board.hang(key);
        key.turn();
        key.release();
    }
}
