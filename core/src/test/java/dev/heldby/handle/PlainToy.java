// SPDX-License-Identifier: Apache-2.0
package dev.heldby.handle;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Equal by name. */
final class PlainToy implements ViewedToy {
    private String name;

    PlainToy(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void rename(String newName) {
        name = newName;
    }

    @Override
    public boolean not(boolean value) {
        return !value;
    }

    @Override
    public byte next(byte value) {
        return (byte) (value + 1);
    }

    @Override
    public short next(short value) {
        return (short) (value + 1);
    }

    @Override
    public char next(char value) {
        return (char) (value + 1);
    }

    @Override
    public int next(int value) {
        return value + 1;
    }

    @Override
    public long next(long value) {
        return value + 1;
    }

    @Override
    public float next(float value) {
        return value + 1;
    }

    @Override
    public double next(double value) {
        return value + 1;
    }

    @Override
    public String all(
            boolean a, byte b, short c, char d, int e, long f, float g, double h, String i, int[] j, Object[][] k) {
        return List.of(a, b, c, d, e, f, g, h, i, Arrays.toString(j), Arrays.deepToString(k))
                .toString();
    }

    @Override
    public long[] reversed(long... values) {
        return LongStream.range(0, values.length)
                .map(i -> values[values.length - 1 - (int) i])
                .toArray();
    }

    @Override
    public <E extends Comparable<E>> Map<E, List<E>> grouped(List<? extends E> elements) {
        return elements.stream().map(each -> (E) each).collect(Collectors.groupingBy(each -> each));
    }

    @Override
    public void fail() throws IOException {
        throw new IOException("on purpose");
    }

    @Override
    public int compareTo(ViewedToy other) {
        return Collections.<String>reverseOrder().compare(name, other.name());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PlainToy toy && toy.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return "toy " + name;
    }
}
