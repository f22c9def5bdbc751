// SPDX-License-Identifier: Apache-2.0
package com.example.leaky;

import dev.heldby.tracker.Directory;
import dev.heldby.tracker.Release;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Loads a class of the tracking library at its start, and uses the library with each line that it reads. */
public final class LibraryUser {
    private LibraryUser() {}

    public static void main(String... words) throws IOException {
        Release expected = Release.RELEASED;
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() != null) {
            Directory directory = Directory.named("device");
            System.out.println(directory.take().release() == expected);
        }
    }
}
