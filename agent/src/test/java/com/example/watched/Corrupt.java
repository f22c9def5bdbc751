// SPDX-License-Identifier: Apache-2.0
package com.example.watched;

/** Loads a broken class file twice. */
public final class Corrupt extends ClassLoader {
    private static final byte[] BROKEN = {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0, 0, 0, 61, 0, 9, 7};

    private Corrupt() {}

    public static void main(String[] args) {
        for (int i = 0; i < 2; i++) {
            try {
                new Corrupt().defineClass("com.acme.pool.Broken", BROKEN, 0, BROKEN.length);
            } catch (ClassFormatError e) {
                System.out.println("the JVM refused it");
            }
        }
    }
}
