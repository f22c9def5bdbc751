// SPDX-License-Identifier: Apache-2.0
package com.example.loads;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.arrow.vector.util.TransferPair;

/** Readings of many sensors in columns: taken in, kept, cut into parts, packed, written to files and read again. */
public final class Arrow implements Run.Program {

    private static final Schema SCHEMA = new Schema(List.of(
            Field.notNullable("sensor", new ArrowType.Int(32, true)),
            Field.notNullable("value", new ArrowType.Int(64, true)),
            Field.nullable("note", new ArrowType.Utf8())));

    private final BufferAllocator memory = new RootAllocator(64 << 20);
    private final BufferAllocator intake = memory.newChildAllocator("intake", 0, 32 << 20);
    private final Store store = new Store(memory.newChildAllocator("store", 0, 32 << 20), 20);
    private final Parcels parcels = new Parcels(memory.newChildAllocator("parcels", 0, 16 << 20));
    private final Readings files;
    private final Blocks blocks = new Blocks(memory);

    private Arrow() throws IOException {
        files = new Readings(memory);
    }

    public static void main(String[] args) {
        System.exit(Run.main(args, 20_000, Arrow::new));
    }

    @Override
    public void operate(int number, Random random) throws Exception {
        int rows = 1 + random.nextInt(200);
        switch (random.nextInt(11)) {
            case 0 -> expect(total(number, rows) == sumTo(number, rows));
            case 1 -> keep(number, rows, random.nextInt(40));
            case 2 -> expect(store.rows(random.nextInt(40)) >= 0);
            case 3 -> expect(parts(number, rows) == sumTo(number, rows));
            case 4 -> pack(number, rows);
            case 5 -> expect(parcels.open() >= 0);
            case 6 -> write(number, rows);
            case 7 -> expect(files.read() >= 0);
            case 8 -> expect(blocks.sum(rows).get(Run.within(), TimeUnit.MILLISECONDS) >= 0);
            case 9 -> expect(blocks.lend(rows) == rows);
            default -> expect(!blocks.tooMuch(random.nextInt(3)));
        }
    }

    private long total(int number, int rows) {
        try (VectorSchemaRoot readings = readings(number, rows)) {
            BigIntVector values = (BigIntVector) readings.getVector("value");
            long total = 0;
            for (int row = 0; row < rows; row++) {
                total += values.get(row);
            }
            return total;
        }
    }

    private void keep(int number, int rows, int sensor) {
        VectorSchemaRoot readings = readings(number, rows);
        try {
            store.put(sensor, (BigIntVector) readings.getVector("value"));
        } finally {
            readings.close();
        }
    }

    /** The sum of the values again, from parts that share the memory of the whole. */
    private long parts(int number, int rows) {
        VectorSchemaRoot readings = readings(number, rows);
        BigIntVector values = (BigIntVector) readings.getVector("value");
        List<BigIntVector> parts = new ArrayList<>();
        for (int from = 0; from < rows; from += 50) {
            TransferPair transfer = values.getTransferPair(intake);
            transfer.splitAndTransfer(from, Math.min(50, rows - from));
            parts.add((BigIntVector) transfer.getTo());
        }
        readings.close();
        long total = 0;
        for (BigIntVector part : parts) {
            for (int row = 0; row < part.getValueCount(); row++) {
                total += part.get(row);
            }
            part.close();
        }
        return total;
    }

    private void pack(int number, int rows) {
        try (VectorSchemaRoot readings = readings(number, rows)) {
            parcels.add(readings);
        }
    }

    private void write(int number, int rows) throws IOException {
        VectorSchemaRoot readings = readings(number, rows);
        try {
            files.write(readings);
        } finally {
            readings.close();
        }
    }

    private VectorSchemaRoot readings(int number, int rows) {
        VectorSchemaRoot readings = VectorSchemaRoot.create(SCHEMA, intake);
        IntVector sensors = (IntVector) readings.getVector("sensor");
        BigIntVector values = (BigIntVector) readings.getVector("value");
        VarCharVector notes = (VarCharVector) readings.getVector("note");
        for (int row = 0; row < rows; row++) {
            sensors.setSafe(row, row % 40);
            values.setSafe(row, (long) number + row);
            notes.setSafe(row, ("note " + row).getBytes(StandardCharsets.UTF_8));
        }
        readings.setRowCount(rows);
        return readings;
    }

    private static long sumTo(int number, int rows) {
        return (long) number * rows + (long) rows * (rows - 1) / 2;
    }

    private static void expect(boolean right) {
        if (!right) {
            throw new IllegalStateException("not what was written");
        }
    }

    @Override
    public void close() {
        Run.attempt(blocks::close);
        Run.attempt(files::close);
        Run.attempt(parcels::close);
        Run.attempt(store::close);
        Run.attempt(() -> intake.close());
        Run.attempt(() -> memory.close());
    }

    /** The last values of some sensors, in memory of its own account. */
    private static final class Store {

        private final BufferAllocator account;
        private final int capacity;
        private final Map<Integer, BigIntVector> kept = new LinkedHashMap<>();

        Store(BufferAllocator account, int capacity) {
            this.account = account;
            this.capacity = capacity;
        }

        /** Takes the values over; the vector that had them is empty then. */
        void put(int sensor, BigIntVector values) {
            BigIntVector former = kept.remove(sensor);
            if (former != null) {
                former.close();
            }
            if (kept.size() == capacity) {
                dropEldest();
            }
            TransferPair transfer = values.getTransferPair(account);
            transfer.transfer();
            kept.put(sensor, (BigIntVector) transfer.getTo());
        }

        private void dropEldest() {
            int eldest = kept.keySet().iterator().next();
            BigIntVector values = kept.remove(eldest);
            values.close();
        }

        int rows(int sensor) {
            BigIntVector values = kept.get(sensor);
            return values == null ? 0 : values.getValueCount();
        }

        void close() {
            for (BigIntVector values : kept.values()) {
                Run.attempt(() -> values.close());
            }
            kept.clear();
            account.close();
        }
    }

    /** Packed readings that wait to be opened; those that wait too long are thrown away. */
    private static final class Parcels {

        private final BufferAllocator account;
        private final Deque<ArrowRecordBatch> waiting = new ArrayDeque<>();

        Parcels(BufferAllocator account) {
            this.account = account;
        }

        void add(VectorSchemaRoot readings) {
            waiting.add(new VectorUnloader(readings).getRecordBatch());
            if (waiting.size() > 10) {
                ArrowRecordBatch late = waiting.remove();
                late.close();
            }
        }

        int open() {
            ArrowRecordBatch next = waiting.poll();
            if (next == null) {
                return 0;
            }
            VectorSchemaRoot readings = VectorSchemaRoot.create(SCHEMA, account);
            try {
                new VectorLoader(readings).load(next);
                return readings.getRowCount();
            } finally {
                next.close();
                readings.close();
            }
        }

        void close() {
            for (ArrowRecordBatch late : waiting) {
                Run.attempt(() -> late.close());
            }
            waiting.clear();
            account.close();
        }
    }

    /** One file of readings, written and read as a stream. */
    private static final class Readings {

        private final BufferAllocator memory;
        private final Path path = Files.createTempFile("readings", ".arrows");

        Readings(BufferAllocator memory) throws IOException {
            this.memory = memory;
        }

        void write(VectorSchemaRoot readings) throws IOException {
            try (OutputStream out = Files.newOutputStream(path);
                    ArrowStreamWriter writer = new ArrowStreamWriter(readings, null, out)) {
                writer.start();
                writer.writeBatch();
                writer.writeBatch();
                writer.end();
            }
        }

        /** How many rows there are. */
        int read() throws IOException {
            if (Files.size(path) == 0) {
                return 0;
            }
            BufferAllocator account = memory.newChildAllocator("reading", 0, 8 << 20);
            try {
                return read(account);
            } finally {
                account.close();
            }
        }

        private int read(BufferAllocator account) throws IOException {
            InputStream in = Files.newInputStream(path);
            ArrowStreamReader reader = new ArrowStreamReader(in, account);
            try {
                int rows = 0;
                while (reader.loadNextBatch()) {
                    rows += reader.getVectorSchemaRoot().getRowCount();
                }
                return rows;
            } finally {
                reader.close();
            }
        }

        void close() throws IOException {
            Files.delete(path);
        }
    }

    /** Plain blocks of memory: handed to a worker, lent to another account, and asked for in excess. */
    private static final class Blocks {

        private final BufferAllocator own;
        private final BufferAllocator other;
        private final ExecutorService worker = Executors.newSingleThreadExecutor();

        Blocks(BufferAllocator memory) {
            own = memory.newChildAllocator("blocks", 0, 1 << 20);
            other = memory.newChildAllocator("other", 0, 1 << 20);
        }

        /** Sums up on the worker, in two halves that are given back when each is done. */
        Future<Long> sum(int length) {
            ArrowBuf block = own.buffer(length);
            for (int i = 0; i < length; i++) {
                block.writeByte(i & 7);
            }
            ArrowBuf left = block.slice(0, length / 2);
            ArrowBuf right = block.slice(length / 2, length - length / 2);
            left.getReferenceManager().retain();
            Future<Long> leftSum = worker.submit(() -> half(left));
            Future<Long> rightSum = worker.submit(() -> half(right));
            return worker.submit(() -> leftSum.get() + rightSum.get());
        }

        private static long half(ArrowBuf half) {
            try {
                long sum = 0;
                for (long i = 0; i < half.capacity(); i++) {
                    sum += half.getByte(i);
                }
                return sum;
            } finally {
                half.getReferenceManager().release();
            }
        }

        /** Has another account pay for a block for a while. */
        long lend(int length) {
            ArrowBuf block = own.buffer(length);
            ArrowBuf lent = block.getReferenceManager().retain(block, other);
            block.close();
            ArrowBuf back =
                    lent.getReferenceManager().transferOwnership(lent, own).getTransferredBuffer();
            lent.close();
            try {
                return Math.min(length, back.capacity());
            } finally {
                back.close();
            }
        }

        /** Asks for one block too many and gives back those that it got. */
        boolean tooMuch(int few) {
            List<ArrowBuf> got = new ArrayList<>();
            try {
                for (int i = 0; i < few; i++) {
                    got.add(own.buffer(64 << 10));
                }
                got.add(own.buffer(2 << 20));
                return true;
            } catch (OutOfMemoryException tooMuch) {
                for (ArrowBuf block : got) {
                    block.close();
                }
                return false;
            }
        }

        void close() throws InterruptedException {
            worker.shutdown();
            worker.awaitTermination(Run.within(), TimeUnit.MILLISECONDS);
            Run.attempt(() -> other.close());
            Run.attempt(() -> own.close());
        }
    }
}
