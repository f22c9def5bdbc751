// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where HotSpot keeps what, from the table that it exports for debuggers: of a static field the address, of another one the offset in
 * its type. Which fields are listed differs between versions; their names seldom change.
 */
final class VmStructs {
    private static final String ENTRY = "gHotSpotVMStructEntry";
    private static final int MOST_ENTRIES = 1 << 14;

    private final Map<String, Long> fields = new HashMap<>();
    private final Words words;
    private final Map<String, Long> symbols;

    /** @throws IOException with a sentence, if there is no such table */
    VmStructs(Words words, List<Mapping> mappings) throws IOException {
        this.words = words;
        this.symbols = ElfSymbols.of(library(mappings), "gHotSpotVMStruct");
        long size = column("ArrayStride");
        long type = column("TypeNameOffset");
        long name = column("FieldNameOffset");
        long isStatic = column("IsStaticOffset");
        long address = column("AddressOffset");
        long offset = column("OffsetOffset");
        long entry = value("gHotSpotVMStructs");
        for (int i = 0; i < MOST_ENTRIES && words.at(entry + type) != 0; i++, entry += size) {
            String field = text(entry + type) + "::" + text(entry + name);
            fields.put(field, words.at(entry + ((int) words.at(entry + isStatic) != 0 ? address : offset)));
        }
    }

    private static Mapping library(List<Mapping> mappings) throws IOException {
        return mappings.stream()
                .filter(mapping -> mapping.name().endsWith("/libjvm.so"))
                .findFirst()
                .orElseThrow(() -> new IOException("The JVM is in no library libjvm.so."));
    }

    private long column(String name) throws IOException {
        return value(ENTRY + name);
    }

    private long value(String symbol) throws IOException {
        Long address = symbols.get(symbol);
        if (address == null) {
            throw new IOException("The JVM does not export " + symbol + ".");
        }
        return words.at(address);
    }

    private String text(long pointer) {
        return words.textAt(words.at(pointer));
    }

    boolean has(String field) {
        return fields.containsKey(field);
    }

    /** Of a {@code Type::field}. */
    long get(String field) throws IOException {
        Long place = fields.get(field);
        if (place == null) {
            throw new IOException("The JVM does not tell where " + field + " is.");
        }
        return place;
    }
}
