// SPDX-License-Identifier: Apache-2.0
package dev.heldby.handle;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** An interface with every shape of method. */
public interface ViewedToy extends NamedToy<String>, Comparable<ViewedToy> {

    @Override
    String name();

    boolean not(boolean value);

    byte next(byte value);

    short next(short value);

    char next(char value);

    int next(int value);

    long next(long value);

    float next(float value);

    double next(double value);

    String all(boolean a, byte b, short c, char d, int e, long f, float g, double h, String i, int[] j, Object[][] k);

    long[] reversed(long... values);

    <E extends Comparable<E>> Map<E, List<E>> grouped(List<? extends E> elements);

    void fail() throws IOException;

    @Override
    boolean equals(Object other);

    static ViewedToy make() {
        return new PlainToy("plain");
    }
}
