// SPDX-License-Identifier: Apache-2.0
package com.example.watched;

import com.github.luben.zstd.ZstdCompressCtx;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.LongStream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksIterator;

/**
 * Takes native memory in all the ways that real programs do. Asked to {@code lose} some, each {@code lose} method forgets to give it
 * back, and nobody knows it any more; asked to {@code return} it, all is given back or held. Scans twenty times under load.
 */
public final class NativeMemory {
    private static final int EACH = 50;
    private static final int SCANS = 20;
    private static final long AGE_MILLIS = 5_500;

    private static final List<Object> HELD = new ArrayList<>();

    private final boolean lose;
    private volatile boolean ended;
    private volatile Object garbage;

    private NativeMemory(boolean lose) {
        this.lose = lose;
    }

    public static void main(String[] args) throws Exception {
        NativeMemory program = new NativeMemory(args[0].equals("lose"));
        Thread load = new Thread(program::allocate);
        load.start();
        program.take();
        program.work();
        program.scan();
        program.ended = true;
        load.join();
    }

    private void take() throws Exception {
        RocksDB.loadLibrary();
        PooledByteBufAllocator netty = new PooledByteBufAllocator(true);
        OffHeapMap map = new OffHeapMap(lose);
        RocksDB database =
                RocksDB.open(Files.createTempDirectory(Path.of(System.getProperty("java.io.tmpdir")), "rocks")
                        .toString());
        Pool pool = new Pool();
        HELD.addAll(List.of(netty, map, database, pool));
        for (int i = 0; i < EACH; i++) {
            hold(netty, map, database, i);
            HELD.add(pool.take(200));
            loseBuffer();
            loseChunk(netty);
            loseIterator(database);
            loseOptions();
            loseContext();
            loseEntry(map, i);
            losePart(pool);
            if (Runtime.version().feature() >= 22) {
                loseArena();
            }
            if (Runtime.version().feature() >= 22 && lose) {
                Thread user = new Thread(NativeMemory::loseAllocator);
                user.start();
                user.join();
            }
        }
    }

    private static void hold(PooledByteBufAllocator netty, OffHeapMap map, RocksDB database, int i) {
        HELD.add(ByteBuffer.allocateDirect(100 + i));
        HELD.add(netty.directBuffer(100_000));
        HELD.add(netty.directBuffer(100 + i));
        HELD.add(database.newIterator());
        HELD.add(new Options());
        HELD.add(new ZstdCompressCtx());
        map.put(-1 - i, 100);
    }

    /** What frees a buffer is unlinked, as by a framework that frees buffers itself, and then does not. */
    private void loseBuffer() throws Exception {
        ByteBuffer buffer = ByteBuffer.allocateDirect(3001);
        if (lose) {
            Method cleaner = buffer.getClass().getMethod("cleaner");
            cleaner.setAccessible(true);
            Object unlinked = cleaner.invoke(buffer);
            Method remove = unlinked.getClass().getDeclaredMethod("remove", unlinked.getClass());
            remove.setAccessible(true);
            remove.invoke(null, unlinked);
        }
    }

    /** A buffer larger than a chunk has one of its own, which its arena does not list. */
    private void loseChunk(PooledByteBufAllocator netty) {
        ByteBuf buffer = netty.directBuffer(100_000);
        if (!lose) {
            buffer.release();
        }
    }

    /** An allocator that is dropped, with the thread that has a cache of it, gives its chunks back in finalizers only. */
    private static void loseAllocator() {
        new PooledByteBufAllocator(true).directBuffer(100).release();
    }

    private void loseArena() throws Exception {
        Class<?> type = Class.forName("java.lang.foreign.Arena");
        AutoCloseable arena = (AutoCloseable) type.getMethod("ofShared").invoke(null);
        type.getMethod("allocate", long.class, long.class).invoke(arena, 6016L, 1L);
        if (!lose) {
            arena.close();
        }
    }

    private void loseIterator(RocksDB database) {
        RocksIterator iterator = database.newIterator();
        if (!lose) {
            iterator.close();
        }
    }

    private void loseOptions() {
        Options options = new Options();
        if (!lose) {
            options.close();
        }
    }

    private void loseContext() {
        ZstdCompressCtx context = new ZstdCompressCtx();
        if (!lose) {
            context.close();
        }
    }

    private static void loseEntry(OffHeapMap map, int key) {
        map.put(key, 200);
        map.remove(key);
    }

    /** A hash table of off-heap entries, whose removal forgets to free if it is broken. */
    private static final class OffHeapMap {
        private final boolean broken;
        private final long[] entries = new long[1024];

        OffHeapMap(boolean broken) {
            this.broken = broken;
        }

        void put(int key, long bytes) {
            entries[key & 1023] = RawMemory.allocate(bytes);
        }

        void remove(int key) {
            if (!broken) {
                RawMemory.free(entries[key & 1023]);
            }
            entries[key & 1023] = 0;
        }
    }

    /** Gives out addresses within one chunk. It keeps only offsets of the parts that it has back, behind a head of its own. */
    private static final class Pool {
        private static final int PART = 256;
        private final long chunk = RawMemory.allocate((2 * EACH + 1) * PART);
        private final Deque<Integer> free = new ArrayDeque<>();

        Pool() {
            for (int i = 1; i <= 2 * EACH; i++) {
                free.add(i * PART);
            }
        }

        long take(int bytes) {
            return chunk + free.remove();
        }

        void giveBack(long part) {
            free.add((int) (part - chunk));
        }
    }

    private void losePart(Pool pool) {
        long part = pool.take(100);
        if (!lose) {
            pool.giveBack(part);
        }
    }

    private void allocate() {
        long[] blocks = new long[64];
        while (!ended) {
            for (int i = 0; i < blocks.length; i++) {
                RawMemory.free(blocks[i]);
                blocks[i] = RawMemory.allocate(1 + i);
                garbage = new byte[8 * i];
            }
            pause(20);
        }
        LongStream.of(blocks).forEach(RawMemory::free);
    }

    /** Writes anew what of the heap is free, where addresses lie of what was dropped. */
    private void work() {
        for (int i = 0; i < 4_000; i++) {
            garbage = new byte[100_000];
            if (i % 1_000 == 0) {
                System.gc();
            }
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void scan() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName control = new ObjectName("dev.heldby:type=Control");
        while (!server.isRegistered(control)) {
            pause(100);
        }
        pause(AGE_MILLIS);
        int complete = 0;
        for (int i = 0; i < SCANS; i++) {
            System.gc();
            Thread during = i % 2 == 0 ? null : collection();
            Object said =
                    server.invoke(control, "blocks", new Object[] {"scan"}, new String[] {String.class.getName()});
            complete += said.toString().contains("The collector moved objects") ? 0 : 1;
            if (during != null) {
                during.join();
            }
        }
        System.out.println(complete > SCANS / 2 ? "scanned" : "scanned only " + complete + " times");
    }

    /** One that begins a moment after a scan. */
    private static Thread collection() {
        Thread thread = new Thread(() -> {
            pause(50);
            System.gc();
        });
        thread.start();
        return thread;
    }
}
