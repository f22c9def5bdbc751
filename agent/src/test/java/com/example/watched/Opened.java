// SPDX-License-Identifier: Apache-2.0
package com.example.watched;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.RandomAccessFile;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Opens one thing of each kind that the JDK wants closed, and closes, drops or keeps it, as its argument says. */
@SuppressWarnings("try")
public final class Opened {
    private static final List<AutoCloseable> KEPT = new ArrayList<>();

    private static Path folder;
    private static Path file;
    private static Path zip;

    /** The kinds, with the type that each is to be reported as, and the first JDK that has it. */
    public enum Kind {
        FILE_INPUT_STREAM("java.io.FileInputStream", Opened::fileInputStream),
        STREAM_AND_ITS_CHANNEL("java.io.FileInputStream", Opened::streamAndItsChannel),
        FILE_OUTPUT_STREAM("java.io.FileOutputStream", Opened::fileOutputStream),
        RANDOM_ACCESS_FILE("java.io.RandomAccessFile", Opened::randomAccessFile),
        FILE_CHANNEL("java.nio.channels.FileChannel", Opened::fileChannel),
        BYTE_CHANNEL("java.nio.channels.FileChannel", Opened::byteChannel),
        PATH_INPUT_STREAM("java.nio.channels.FileChannel", Opened::pathInputStream),
        PATH_READER("java.nio.channels.FileChannel", Opened::pathReader),
        LINES("java.nio.channels.FileChannel", Opened::lines),
        LIST("java.nio.file.DirectoryStream", Opened::list),
        WALK("java.nio.file.DirectoryStream", Opened::walk),
        DIRECTORY_STREAM("java.nio.file.DirectoryStream", Opened::directoryStream),
        SOCKET("java.net.Socket", Opened::socket),
        BOUND_SOCKET("java.net.Socket", Opened::boundSocket),
        ACCEPTED_SOCKET("java.net.Socket", Opened::acceptedSocket),
        SERVER_SOCKET("java.net.ServerSocket", Opened::serverSocket),
        SOCKET_CHANNEL("java.nio.channels.SocketChannel", Opened::socketChannel),
        ACCEPTED_CHANNEL("java.nio.channels.SocketChannel", Opened::acceptedChannel),
        SERVER_SOCKET_CHANNEL("java.nio.channels.ServerSocketChannel", Opened::serverSocketChannel),
        DATAGRAM_CHANNEL("java.nio.channels.DatagramChannel", Opened::datagramChannel),
        DATAGRAM_SOCKET("java.nio.channels.DatagramChannel", Opened::datagramSocket),
        SELECTOR("java.nio.channels.Selector", Opened::selector),
        ZIP_FILE("java.util.zip.ZipFile", Opened::zipFile),
        JAR_FILE("java.util.jar.JarFile", Opened::jarFile),
        INFLATER("java.util.zip.Inflater", Opened::inflater),
        DEFLATER("java.util.zip.Deflater", Opened::deflater),
        CONFINED_ARENA("java.lang.foreign.Arena", 22, Opened::confinedArena),
        SHARED_ARENA("java.lang.foreign.Arena", 22, Opened::sharedArena),
        NO_ARENA(null, 22, Opened::arenasThatNeverClose);

        public final String type;
        public final int since;
        final Opening opening;

        Kind(String type, Opening opening) {
            this(type, 17, opening);
        }

        Kind(String type, int since, Opening opening) {
            this.type = type;
            this.since = since;
            this.opening = opening;
        }

        /** The method of this class that opens it. */
        public String method() {
            String[] words = name().toLowerCase(java.util.Locale.ROOT).split("_");
            StringBuilder method = new StringBuilder(words[0]);
            for (int i = 1; i < words.length; i++) {
                method.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
            }
            return method.toString();
        }
    }

    private interface Opening {
        AutoCloseable open() throws Exception;
    }

    private Opened() {}

    public static void main(String[] args) throws Exception {
        folder = Files.createTempDirectory("opened");
        file = Files.writeString(folder.resolve("file"), "one\ntwo\n");
        zip = zip();
        for (Kind kind : Kind.values()) {
            if (Runtime.version().feature() >= kind.since) {
                end(kind.opening.open(), args[0]);
            }
        }
    }

    private static void end(AutoCloseable opened, String how) throws Exception {
        switch (how) {
            case "close" -> opened.close();
            case "closeTwice" -> {
                opened.close();
                /* An arena refuses it. */
                if (!opened.getClass().getName().contains("Arena")) {
                    opened.close();
                }
            }
            case "keep" -> KEPT.add(opened);
            case "drop" -> {}
            default -> throw new IllegalArgumentException(how);
        }
    }

    private static Path zip() throws Exception {
        Path jar = folder.resolve("file.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("entry"));
            out.write(new byte[10_000]);
        }
        return jar;
    }

    private static AutoCloseable fileInputStream() throws Exception {
        return new FileInputStream(file.toString());
    }

    @SuppressWarnings("resource")
    private static AutoCloseable streamAndItsChannel() throws Exception {
        FileInputStream in = new FileInputStream(file.toFile());
        in.getChannel().size();
        return in;
    }

    private static AutoCloseable fileOutputStream() throws Exception {
        return new FileOutputStream(folder.resolve("out").toString());
    }

    private static AutoCloseable randomAccessFile() throws Exception {
        return new RandomAccessFile(file.toString(), "r");
    }

    private static AutoCloseable fileChannel() throws Exception {
        return FileChannel.open(file);
    }

    private static AutoCloseable byteChannel() throws Exception {
        return Files.newByteChannel(file);
    }

    private static AutoCloseable pathInputStream() throws Exception {
        return Files.newInputStream(file);
    }

    private static AutoCloseable pathReader() throws Exception {
        return Files.newBufferedReader(file);
    }

    private static AutoCloseable lines() throws Exception {
        Stream<String> lines = Files.lines(file);
        if (!lines.iterator().next().equals("one")) {
            throw new AssertionError();
        }
        return lines;
    }

    private static AutoCloseable list() throws Exception {
        return Files.list(folder);
    }

    private static AutoCloseable walk() throws Exception {
        return Files.walk(folder);
    }

    private static AutoCloseable directoryStream() throws Exception {
        return Files.newDirectoryStream(folder);
    }

    private static AutoCloseable socket() throws Exception {
        try (ServerSocket server = server()) {
            return new Socket(server.getInetAddress(), server.getLocalPort());
        }
    }

    private static AutoCloseable boundSocket() throws Exception {
        Socket socket = new Socket();
        socket.bind(null);
        return socket;
    }

    private static AutoCloseable acceptedSocket() throws Exception {
        try (ServerSocket server = server();
                Socket client = clientOf(server)) {
            return server.accept();
        }
    }

    /* A method of its own, so that the accepted socket is told from the client by its birth. */
    private static Socket clientOf(ServerSocket server) throws Exception {
        return new Socket(server.getInetAddress(), server.getLocalPort());
    }

    private static ServerSocket server() throws Exception {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static AutoCloseable serverSocket() throws Exception {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static AutoCloseable socketChannel() throws Exception {
        return SocketChannel.open();
    }

    private static AutoCloseable acceptedChannel() throws Exception {
        try (ServerSocketChannel server =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel client = SocketChannel.open(server.getLocalAddress())) {
            return server.accept();
        }
    }

    private static AutoCloseable serverSocketChannel() throws Exception {
        return ServerSocketChannel.open();
    }

    private static AutoCloseable datagramChannel() throws Exception {
        return DatagramChannel.open();
    }

    private static AutoCloseable datagramSocket() throws Exception {
        return new DatagramSocket();
    }

    private static AutoCloseable selector() throws Exception {
        return Selector.open();
    }

    private static AutoCloseable zipFile() throws Exception {
        ZipFile opened = new ZipFile(zip.toFile());
        opened.getInputStream(opened.getEntry("entry")).readAllBytes();
        return opened;
    }

    private static AutoCloseable jarFile() throws Exception {
        return new JarFile(zip.toFile());
    }

    private static AutoCloseable inflater() {
        Inflater inflater = new Inflater();
        return inflater::end;
    }

    private static AutoCloseable deflater() {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        return deflater::end;
    }

    private static AutoCloseable confinedArena() throws Exception {
        return arena("ofConfined");
    }

    private static AutoCloseable sharedArena() throws Exception {
        return arena("ofShared");
    }

    private static AutoCloseable arenasThatNeverClose() throws Exception {
        arena("ofAuto");
        arena("global");
        return () -> {};
    }

    private static AutoCloseable arena(String factory) throws Exception {
        return (AutoCloseable)
                Class.forName("java.lang.foreign.Arena").getMethod(factory).invoke(null);
    }
}
