// SPDX-License-Identifier: Apache-2.0
package dev.heldby.junit.inner;

import dev.heldby.junit.HeldByExtension;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Buffers of the class and of each test, all given back; only one test leaks, and one nested one. */
@ExtendWith(HeldByExtension.class)
class Fixtures {
    private static final ByteBuf STATIC = Leaks.buffer();
    private static final List<ByteBuf> CACHE = new ArrayList<>();
    private static ByteBuf ofClass;
    private static ExecutorService server;

    private final ByteBuf ofConstructor = Leaks.buffer();
    private ByteBuf ofTest;

    @BeforeAll
    static void openClass() throws Exception {
        ofClass = Leaks.buffer();
        server = Executors.newSingleThreadExecutor();
        server.submit(() -> {}).get();
    }

    @BeforeEach
    void open() {
        ofTest = Leaks.buffer();
    }

    @Test
    void isClean() {
        ofTest.readableBytes();
    }

    @Test
    void holds() {
        CACHE.add(Leaks.buffer());
    }

    @Test
    void leaksOnTheServersThread() throws Exception {
        server.submit(() -> CACHE.add(Leaks.buffer())).get();
    }

    @AfterEach
    void close() {
        ofTest.release();
        ofConstructor.release();
    }

    @AfterAll
    static void closeClass() {
        server.shutdown();
        ofClass.release();
        STATIC.release();
    }

    @Nested
    class Inner {
        @Test
        void isClean() {
            Leaks.buffer().release();
        }

        @Test
        void holds() {
            CACHE.add(Leaks.buffer());
        }
    }
}
