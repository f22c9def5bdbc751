// SPDX-License-Identifier: Apache-2.0
package com.example.loads;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A folder of reports: written, read in several ways, packed into zip files, read from these, and tidied up. */
public final class FilesAndZips implements Run.Program {

    private static final int REPORTS = 40;

    private final Path folder;
    private final Reports reports;
    private final Journal journal;
    private final Packer packer;
    private final OpenZips zips;
    private final Checker checker = new Checker();

    private FilesAndZips() throws IOException {
        folder = Files.createTempDirectory("reports");
        reports = new Reports(folder);
        journal = new Journal(folder.resolve("journal"));
        packer = new Packer(folder);
        zips = new OpenZips(4);
        for (int report = 0; report < REPORTS; report++) {
            reports.write(report, List.of("report " + report, "empty so far"));
        }
        for (int zip = 0; zip < 8; zip++) {
            packer.pack(zip, List.of(reports.path(zip), reports.path(zip + 8)));
        }
    }

    public static void main(String[] args) {
        System.exit(Run.main(args, 12_000, FilesAndZips::new));
    }

    @Override
    public void operate(int number, Random random) throws Exception {
        int report = random.nextInt(REPORTS);
        switch (random.nextInt(13)) {
            case 0 -> reports.write(report, lines(number, random));
            case 1 -> reports.append(report, "appended by " + number);
            case 2 -> reports.copy(report, random.nextInt(REPORTS));
            case 3 -> expect(reports.title(report).startsWith("report "));
            case 4 -> expect(reports.count(report, "report") >= 1);
            case 5 -> expect(reports.header(report).startsWith("repo"));
            case 6 -> journal.add(number, reports.size(report));
            case 7 -> expect(journal.last() >= 0);
            case 8 -> expect(reports.names().size() >= REPORTS);
            case 9 -> pack(random);
            case 10 -> expect(zips.read(packer.path(random.nextInt(8))) > 0);
            case 11 -> expect(checker.check(reports.path(report)).get(Run.within(), TimeUnit.MILLISECONDS) != 0);
            default -> squeeze(report);
        }
    }

    private void pack(Random random) throws IOException {
        int zip = random.nextInt(8);
        zips.forget(packer.path(zip));
        packer.pack(zip, List.of(reports.path(zip), reports.path(8 + random.nextInt(8))));
    }

    private void squeeze(int report) throws IOException, DataFormatException {
        byte[] content = Files.readAllBytes(reports.path(report));
        byte[] small = Squeezer.deflate(content);
        expect(Squeezer.inflate(small).length == content.length);
    }

    private static List<String> lines(int number, Random random) {
        return IntStream.rangeClosed(0, 1 + random.nextInt(30))
                .mapToObj(line -> "report " + number + " line " + line)
                .toList();
    }

    private static void expect(boolean right) {
        if (!right) {
            throw new IllegalStateException("not what was written");
        }
    }

    @Override
    public void close() throws IOException {
        Run.attempt(checker::close);
        Run.attempt(zips::close);
        Run.attempt(journal::close);
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }

    /** The reports as files, each opened for as long as one call takes. */
    private static final class Reports {

        private final Path folder;

        Reports(Path folder) {
            this.folder = folder;
        }

        Path path(int report) {
            return folder.resolve(report + ".txt");
        }

        void write(int report, List<String> lines) throws IOException {
            Path draft = folder.resolve("draft");
            BufferedWriter writer = Files.newBufferedWriter(draft, StandardCharsets.UTF_8);
            try {
                for (String line : lines) {
                    writer.write(line);
                    writer.newLine();
                }
            } finally {
                writer.close();
            }
            Files.move(draft, path(report), StandardCopyOption.REPLACE_EXISTING);
        }

        void append(int report, String line) throws IOException {
            OutputStream out = new FileOutputStream(path(report).toFile(), true);
            try {
                out.write(line.getBytes(StandardCharsets.UTF_8));
                out.write('\n');
            } finally {
                out.close();
            }
        }

        void copy(int from, int to) throws IOException {
            if (from == to) {
                return;
            }
            try (FileChannel source = FileChannel.open(path(from), StandardOpenOption.READ);
                    FileChannel target = FileChannel.open(
                            path(to), StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                source.transferTo(0, source.size(), target);
            }
        }

        String title(int report) throws IOException {
            InputStream in = new FileInputStream(path(report).toFile());
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            String title = reader.readLine();
            reader.close();
            return title;
        }

        long count(int report, String word) throws IOException {
            Stream<String> lines = Files.lines(path(report));
            try {
                return lines.filter(line -> line.contains(word)).count();
            } finally {
                lines.close();
            }
        }

        String header(int report) throws IOException {
            ByteBuffer header = ByteBuffer.allocate(4);
            FileChannel channel = FileChannel.open(path(report));
            try {
                channel.read(header, 0);
            } finally {
                channel.close();
            }
            return new String(header.array(), StandardCharsets.UTF_8);
        }

        long size(int report) throws IOException {
            RandomAccessFile file = new RandomAccessFile(path(report).toFile(), "r");
            try {
                return file.length();
            } finally {
                file.close();
            }
        }

        List<String> names() throws IOException {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.txt")) {
                return names(files);
            }
        }

        private static List<String> names(DirectoryStream<Path> files) {
            List<String> names = new ArrayList<>();
            files.forEach(file -> names.add(file.getFileName().toString()));
            return names;
        }
    }

    /** Records of a fixed size in one file, which is begun anew when it has a hundred. */
    private static final class Journal {

        private static final int RECORD = 16;

        private final File path;
        private RandomAccessFile file;

        Journal(Path path) throws IOException {
            this.path = path.toFile();
            file = new RandomAccessFile(this.path, "rw");
        }

        void add(int number, long size) throws IOException {
            if (file.length() >= 100 * RECORD) {
                roll();
            }
            file.seek(file.length());
            file.writeLong(number);
            file.writeLong(size);
        }

        private void roll() throws IOException {
            file.close();
            File former = new File(path + ".old");
            if (!path.renameTo(former)) {
                throw new IOException(path + " could not be renamed");
            }
            file = new RandomAccessFile(path, "rw");
        }

        /** The size in the last record, read as another program would. */
        long last() throws IOException {
            try (FileChannel channel = FileChannel.open(path.toPath())) {
                if (channel.size() < RECORD) {
                    return 0;
                }
                ByteBuffer record = ByteBuffer.allocate(RECORD);
                channel.read(record, channel.size() - RECORD);
                return record.getLong(8);
            }
        }

        void close() throws IOException {
            file.close();
        }
    }

    /** Packs reports into zip files. */
    private static final class Packer {

        private final Path folder;

        Packer(Path folder) {
            this.folder = folder;
        }

        Path path(int zip) {
            return folder.resolve(zip + ".zip");
        }

        void pack(int zip, List<Path> reports) throws IOException {
            Path draft = folder.resolve("draft.zip");
            ZipOutputStream out = new ZipOutputStream(new FileOutputStream(draft.toFile()));
            try {
                for (Path report : reports) {
                    add(out, report);
                }
            } finally {
                out.close();
            }
            Files.move(draft, path(zip), StandardCopyOption.REPLACE_EXISTING);
        }

        private static void add(ZipOutputStream out, Path report) throws IOException {
            out.putNextEntry(new ZipEntry(report.getFileName().toString()));
            try (InputStream in = new FileInputStream(report.toFile())) {
                in.transferTo(out);
            }
            out.closeEntry();
        }
    }

    /** The zip files that were read last stay open. */
    private static final class OpenZips {

        private final int capacity;
        private final Map<Path, ZipFile> open = new LinkedHashMap<>();

        OpenZips(int capacity) {
            this.capacity = capacity;
        }

        /** Reads every entry and returns how many bytes there were. */
        long read(Path path) throws IOException {
            ZipFile zip = open.get(path);
            if (zip == null) {
                zip = open(path);
            }
            long bytes = 0;
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                InputStream in = zip.getInputStream(entries.nextElement());
                bytes += in.readAllBytes().length;
                in.close();
            }
            return bytes;
        }

        private ZipFile open(Path path) throws IOException {
            if (open.size() == capacity) {
                closeEldest();
            }
            ZipFile zip = new ZipFile(path.toFile());
            open.put(path, zip);
            return zip;
        }

        private void closeEldest() throws IOException {
            Path eldest = open.keySet().iterator().next();
            ZipFile zip = open.remove(eldest);
            zip.close();
        }

        void forget(Path path) throws IOException {
            ZipFile zip = open.remove(path);
            if (zip != null) {
                zip.close();
            }
        }

        void close() {
            for (ZipFile zip : open.values()) {
                Run.attempt(() -> zip.close());
            }
            open.clear();
        }
    }

    /** Sums files up on a thread of its own, to which they are handed when they are open already. */
    private static final class Checker {

        private final ExecutorService worker = Executors.newSingleThreadExecutor();

        Future<Long> check(Path path) throws IOException {
            InputStream in = new FileInputStream(path.toFile());
            return worker.submit(() -> sum(in));
        }

        private static long sum(InputStream in) {
            CRC32 checksum = new CRC32();
            try {
                checksum.update(in.readAllBytes());
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } finally {
                closeQuietly(in);
            }
            return checksum.getValue();
        }

        private static void closeQuietly(InputStream in) {
            try {
                in.close();
            } catch (IOException ignored) {
                // What was read is good all the same.
            }
        }

        void close() throws InterruptedException {
            worker.shutdown();
            worker.awaitTermination(Run.within(), TimeUnit.MILLISECONDS);
        }
    }

    /** Makes bytes small and large again. */
    private static final class Squeezer {

        private Squeezer() {}

        static byte[] deflate(byte[] content) {
            Deflater deflater = new Deflater();
            try {
                deflater.setInput(content);
                deflater.finish();
                byte[] out = new byte[content.length + 64];
                int length = deflater.deflate(out);
                return Arrays.copyOf(out, length);
            } finally {
                deflater.end();
            }
        }

        static byte[] inflate(byte[] small) throws DataFormatException {
            Inflater inflater = new Inflater();
            try {
                inflater.setInput(small);
                byte[] out = new byte[64 * 1024];
                int length = inflater.inflate(out);
                return Arrays.copyOf(out, length);
            } finally {
                inflater.end();
            }
        }
    }
}
