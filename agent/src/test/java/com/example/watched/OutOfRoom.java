// SPDX-License-Identifier: Apache-2.0
package com.example.watched;

/** Drops off-heap blocks, and is scanned precisely while a file may not become as large as a heap dump, and then as always. */
public final class OutOfRoom {
    private OutOfRoom() {}

    public static void main(String[] args) throws Exception {
        ScansItself program = new ScansItself();
        System.out.println(program.scan("precise"));
        System.out.println(program.lastLineOfThree());
    }
}
