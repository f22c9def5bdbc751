// SPDX-License-Identifier: Apache-2.0
package dev.heldby.junit.inner;

import dev.heldby.junit.HeldByExtension;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Callbacks that leak. */
class BadFixtures {
    static ByteBuf last;

    @Nested
    @ExtendWith(HeldByExtension.class)
    class HoldsInConstructor {
        private final ByteBuf buffer = Leaks.buffer();

        @Test
        void isBlamed() {
            buffer.readableBytes();
        }
    }

    @Nested
    @ExtendWith(HeldByExtension.class)
    class FailsInConstructor {
        private final ByteBuf buffer = Leaks.buffer();

        FailsInConstructor() {
            last = buffer;
            throw new IllegalStateException("the constructor's own failure");
        }

        @Test
        void isBlamed() {}
    }

    @Nested
    class HoldsInCallbacks {
        @BeforeEach
        void open() {
            last = Leaks.buffer();
        }

        @Test
        @ExtendWith(HeldByExtension.class)
        void isBlamed() {}

        @Test
        void isNotWatched() {}

        @AfterEach
        void close() {
            last = Leaks.buffer();
        }
    }

    @Nested
    @ExtendWith(HeldByExtension.class)
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class HoldsInBeforeAll {
        @BeforeAll
        void open() {
            last = Leaks.buffer();
        }

        @Test
        void isInnocent() {
            last.readableBytes();
        }
    }

    @Nested
    @ExtendWith(HeldByExtension.class)
    class HoldsInStaticField {
        private static final ByteBuf BUFFER = Leaks.buffer();

        @Test
        void isInnocent() {
            BUFFER.readableBytes();
        }
    }

    @Nested
    @ExtendWith(HeldByExtension.class)
    class ReleasesStaticField {
        private static final ByteBuf BUFFER = Leaks.buffer();

        @Test
        void isInnocent() {
            BUFFER.readableBytes();
        }

        @AfterAll
        static void close() {
            BUFFER.release();
        }
    }
}
