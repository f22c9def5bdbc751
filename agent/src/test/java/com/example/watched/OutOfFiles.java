// SPDX-License-Identifier: Apache-2.0
package com.example.watched;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Drops off-heap blocks, and is scanned at first while it can open no file, and then three times while it can. */
public final class OutOfFiles {
    private OutOfFiles() {}

    public static void main(String[] args) throws Exception {
        ScansItself program = new ScansItself();
        List<Closeable> open = new ArrayList<>();
        try {
            while (true) {
                open.add(new FileInputStream("/dev/null"));
            }
        } catch (IOException e) {
            System.out.println(program.scan("scan"));
        }
        for (Closeable file : open) {
            file.close();
        }
        System.out.println(program.lastLineOfThree());
    }
}
