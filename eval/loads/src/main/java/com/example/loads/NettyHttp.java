// SPDX-License-Identifier: Apache-2.0
package com.example.loads;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufOutputStream;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.compression.StandardCompressionOptions;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContentCompressor;
import io.netty.handler.codec.http.HttpContentDecompressor;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;

/** A store of notes over HTTP/1.1: notes are posted, cached, archived, split, gathered and read again. */
public final class NettyHttp implements Run.Program {

    private static final int MAX_BODY = 64 * 1024;

    private final Server server = new Server();
    private final Client client;

    private NettyHttp() throws Exception {
        client = new Client(server.address());
    }

    public static void main(String[] args) {
        System.exit(Run.main(args, 7_000, NettyHttp::new));
    }

    @Override
    public void operate(int number, Random random) throws Exception {
        String note = note(number, random);
        String key = "/notes/" + random.nextInt(200);
        int kind = random.nextInt(10);
        if (kind < 2) {
            expect(client.call(HttpMethod.POST, "/echo", note, random.nextBoolean()), note);
        } else if (kind < 4) {
            expect(client.call(HttpMethod.PUT, key, note, random.nextBoolean()), note);
        } else if (kind < 6) {
            client.call(HttpMethod.GET, key, "", false);
        } else if (kind == 6) {
            expect(client.call(HttpMethod.POST, "/words", note, false), note.replace(' ', '\n'));
        } else if (kind == 7) {
            client.call(HttpMethod.POST, "/gather", note, false);
        } else if (kind == 8) {
            client.send("/archive", note);
        } else if (random.nextBoolean()) {
            expect(client.call(HttpMethod.POST, "/number", note, false), String.valueOf(number));
        } else {
            expect(client.call(HttpMethod.POST, "/number", "no " + note, false), "not a note");
        }
    }

    @Override
    public void close() throws Exception {
        Run.attempt(client::close);
        Run.attempt(server::close);
    }

    private static String note(int number, Random random) {
        StringBuilder text = new StringBuilder("note ").append(number);
        for (int words = random.nextInt(60); words > 0; words--) {
            text.append(' ').append(Integer.toString(random.nextInt(46_656), 36));
        }
        return text.toString();
    }

    private static void expect(String answer, String expected) {
        if (!answer.equals(expected)) {
            throw new IllegalStateException("answered '" + answer + "' instead of '" + expected + "'");
        }
    }

    /** Listens, and owns what the connections share. */
    private static final class Server {

        private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
        private final NoteCache cache = new NoteCache(100);
        private final Archive archive = new Archive();
        private final AccessLog log = new AccessLog();
        private final Channel channel;

        Server() throws InterruptedException {
            channel = new ServerBootstrap()
                    .group(group)
                    .channel(NioServerSocketChannel.class)
                    .childHandler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel connection) {
                            connection
                                    .pipeline()
                                    .addLast(new HttpServerCodec())
                                    .addLast(new HttpContentDecompressor(MAX_BODY))
                                    .addLast(new HttpContentCompressor(256, StandardCompressionOptions.gzip()))
                                    .addLast(new HttpObjectAggregator(MAX_BODY))
                                    .addLast(new LogHandler(log))
                                    .addLast(new GatherHandler())
                                    .addLast(new NoteHandler(cache, archive));
                        }
                    })
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .sync()
                    .channel();
        }

        SocketAddress address() {
            return channel.localAddress();
        }

        void close() throws InterruptedException {
            channel.close().sync();
            group.shutdownGracefully(0, 2, TimeUnit.SECONDS).await(5, TimeUnit.SECONDS);
            archive.close();
            cache.clear();
            log.clear();
        }
    }

    /** Keeps the first bytes of each request until there are enough of them to be counted together. */
    private static final class AccessLog {

        private final Deque<ByteBuf> heads = new ArrayDeque<>();
        private long bytes;

        synchronized void add(ByteBuf body) {
            heads.add(body.retainedSlice(0, Math.min(16, body.readableBytes())));
            if (heads.size() >= 50) {
                drain();
            }
        }

        synchronized void drain() {
            for (ByteBuf head = heads.poll(); head != null; head = heads.poll()) {
                bytes += head.readableBytes();
                head.release();
            }
        }

        synchronized void clear() {
            for (ByteBuf head : heads) {
                Run.attempt(() -> head.release());
            }
            heads.clear();
        }
    }

    /** Shows each request to the log and passes it on. */
    private static final class LogHandler extends ChannelInboundHandlerAdapter {

        private final AccessLog log;

        LogHandler(AccessLog log) {
            this.log = log;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
            if (message instanceof FullHttpRequest request) {
                log.add(request.content());
            }
            super.channelRead(ctx, message);
        }
    }

    /** Gathers the notes of one connection and answers with all of them at every fourth. */
    private static final class GatherHandler extends ChannelInboundHandlerAdapter {

        private CompositeByteBuf gathered;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
            if (!(message instanceof FullHttpRequest request) || !request.uri().equals("/gather")) {
                super.channelRead(ctx, message);
                return;
            }
            try {
                gather(ctx.alloc(), request.content());
            } finally {
                ReferenceCountUtil.release(request);
            }
            if (gathered.numComponents() < 4) {
                respond(ctx, HttpResponseStatus.ACCEPTED, Unpooled.EMPTY_BUFFER);
            } else {
                ByteBuf all = gathered;
                gathered = null;
                respond(ctx, HttpResponseStatus.OK, all);
            }
        }

        private void gather(ByteBufAllocator alloc, ByteBuf note) {
            if (gathered == null) {
                gathered = alloc.compositeBuffer();
            }
            gathered.addComponent(true, note.retain());
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) throws Exception {
            if (gathered != null) {
                gathered.release();
                gathered = null;
            }
            super.channelInactive(ctx);
        }
    }

    /** Does what a request asks for; the request is given back when this returns. */
    private static final class NoteHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

        private final NoteCache cache;
        private final Archive archive;

        NoteHandler(NoteCache cache, Archive archive) {
            this.cache = cache;
            this.archive = archive;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            ByteBuf body = request.content();
            if (request.uri().startsWith("/notes/")) {
                note(ctx, request);
            } else if (request.uri().equals("/echo")) {
                respond(ctx, HttpResponseStatus.OK, body.retain());
            } else if (request.uri().equals("/words")) {
                respond(ctx, HttpResponseStatus.OK, words(ctx.alloc(), body));
            } else if (request.uri().equals("/archive")) {
                archive.store(body);
                respond(ctx, HttpResponseStatus.ACCEPTED, Unpooled.EMPTY_BUFFER);
            } else if (request.uri().equals("/number")) {
                number(ctx, body);
            } else {
                respond(ctx, HttpResponseStatus.NOT_FOUND, Unpooled.EMPTY_BUFFER);
            }
        }

        private void note(ChannelHandlerContext ctx, FullHttpRequest request) {
            if (request.method().equals(HttpMethod.PUT)) {
                cache.put(request.uri(), request.content());
                respond(ctx, HttpResponseStatus.OK, request.content().retainedDuplicate());
                return;
            }
            ByteBuf found = cache.get(request.uri());
            if (found == null) {
                respond(ctx, HttpResponseStatus.NOT_FOUND, Unpooled.EMPTY_BUFFER);
            } else {
                respond(ctx, HttpResponseStatus.OK, found);
            }
        }

        /** The words of a note, a line each, without a copy. */
        private static ByteBuf words(ByteBufAllocator alloc, ByteBuf body) {
            ByteBuf end = alloc.buffer(1).writeByte('\n');
            CompositeByteBuf lines = alloc.compositeBuffer(256);
            try {
                while (body.isReadable()) {
                    int length = body.bytesBefore((byte) ' ');
                    lines.addComponent(true, body.readRetainedSlice(length < 0 ? body.readableBytes() : length));
                    if (body.isReadable()) {
                        body.skipBytes(1);
                        lines.addComponent(true, end.retainedDuplicate());
                    }
                }
            } finally {
                end.release();
            }
            return lines;
        }

        /** Answers with the number of the note, or with what is wrong with it. */
        private static void number(ChannelHandlerContext ctx, ByteBuf body) {
            ByteBuf answer = ctx.alloc().buffer();
            try {
                writeNumber(body, answer);
                respond(ctx, HttpResponseStatus.OK, answer.retain());
            } catch (IllegalArgumentException wrong) {
                respond(ctx, HttpResponseStatus.BAD_REQUEST, ByteBufUtil.writeUtf8(ctx.alloc(), wrong.getMessage()));
            } finally {
                answer.release();
            }
        }

        private static void writeNumber(ByteBuf body, ByteBuf answer) {
            String[] words = body.toString(StandardCharsets.UTF_8).split(" ", 3);
            if (!words[0].equals("note")) {
                throw new IllegalArgumentException("not a note");
            }
            ByteBufUtil.writeUtf8(answer, words[1]);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }

    private static void respond(ChannelHandlerContext ctx, HttpResponseStatus status, ByteBuf body) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.TEXT_PLAIN);
        HttpUtil.setContentLength(response, body.readableBytes());
        ctx.writeAndFlush(response);
    }

    /** The notes that were put last, each holding a reference of its own. */
    private static final class NoteCache {

        private final int capacity;
        private final Map<String, ByteBuf> notes = new LinkedHashMap<>();

        NoteCache(int capacity) {
            this.capacity = capacity;
        }

        synchronized void put(String key, ByteBuf note) {
            ByteBuf former = notes.remove(key);
            if (former != null) {
                former.release();
            }
            notes.put(key, note.retain());
            if (notes.size() > capacity) {
                dropEldest();
            }
        }

        private void dropEldest() {
            String eldest = notes.keySet().iterator().next();
            ByteBuf note = notes.remove(eldest);
            note.release();
        }

        /** The note, retained for the caller, or null. */
        synchronized ByteBuf get(String key) {
            ByteBuf note = notes.get(key);
            return note == null ? null : note.retainedDuplicate();
        }

        synchronized void clear() {
            for (ByteBuf note : notes.values()) {
                Run.attempt(() -> note.release());
            }
            notes.clear();
        }
    }

    /** Checks notes on a thread of its own and keeps their sum. */
    private static final class Archive {

        private final ExecutorService worker = Executors.newSingleThreadExecutor();
        private final List<ByteBuf> shelf = new ArrayList<>();
        private final AtomicLong sum = new AtomicLong();

        void store(ByteBuf note) {
            note.retain();
            worker.execute(() -> {
                try {
                    check(note);
                } finally {
                    note.release();
                }
            });
        }

        private void check(ByteBuf note) {
            CRC32 checksum = new CRC32();
            checksum.update(note.nioBuffer());
            sum.addAndGet(checksum.getValue());
            shelf.add(note.retainedSlice());
            if (shelf.size() == 20) {
                empty();
            }
        }

        private void empty() {
            List<ByteBuf> full = List.copyOf(shelf);
            shelf.clear();
            for (ByteBuf note : full) {
                note.release();
            }
        }

        void close() throws InterruptedException {
            worker.shutdown();
            worker.awaitTermination(Run.within(), TimeUnit.MILLISECONDS);
            for (ByteBuf note : shelf) {
                Run.attempt(() -> note.release());
            }
            shelf.clear();
        }
    }

    /** One connection, opened again when it was lost; the answers wait in a queue for the thread that asked. */
    private static final class Client {

        private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        private final Bootstrap bootstrap;
        private Connection connection;

        Client(SocketAddress server) {
            bootstrap = new Bootstrap()
                    .group(group)
                    .channel(NioSocketChannel.class)
                    .remoteAddress(server)
                    .handler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel channel) {
                            channel.pipeline()
                                    .addLast(new HttpClientCodec())
                                    .addLast(new HttpContentDecompressor(MAX_BODY))
                                    .addLast(new HttpObjectAggregator(MAX_BODY))
                                    .addLast(new Connection());
                        }
                    });
        }

        /** Asks and waits for the answer. */
        String call(HttpMethod method, String uri, String note, boolean zipped) throws Exception {
            Connection open = connection();
            open.channel.writeAndFlush(request(open.channel.alloc(), method, uri, note, zipped));
            FullHttpResponse response = open.answer();
            try {
                return response.content().toString(StandardCharsets.UTF_8);
            } finally {
                response.release();
            }
        }

        /** Posts a note, for which only the status of the answer counts. */
        void send(String uri, String note) throws Exception {
            Connection open = connection();
            open.channel.writeAndFlush(request(open.channel.alloc(), HttpMethod.POST, uri, note, false));
            FullHttpResponse response = open.answer();
            HttpResponseStatus status = response.status();
            ReferenceCountUtil.release(response);
            if (!status.equals(HttpResponseStatus.ACCEPTED)) {
                throw new IOException("the note was not accepted: " + status);
            }
        }

        private static FullHttpRequest request(
                ByteBufAllocator alloc, HttpMethod method, String uri, String note, boolean zipped) throws IOException {
            ByteBuf text = ByteBufUtil.writeUtf8(alloc, note);
            ByteBuf body = zipped ? zip(alloc, text) : text;
            FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, uri, body);
            request.headers().set(HttpHeaderNames.HOST, "localhost");
            request.headers().set(HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderValues.GZIP);
            if (zipped) {
                request.headers().set(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.GZIP);
            }
            HttpUtil.setContentLength(request, body.readableBytes());
            return request;
        }

        private static ByteBuf zip(ByteBufAllocator alloc, ByteBuf text) throws IOException {
            ByteBuf zipped = alloc.buffer();
            try (OutputStream out = new GZIPOutputStream(new ByteBufOutputStream(zipped))) {
                text.readBytes(out, text.readableBytes());
            } finally {
                text.release();
            }
            return zipped;
        }

        private Connection connection() throws Exception {
            if (connection == null || !connection.channel.isActive()) {
                forget();
                Channel channel = bootstrap.connect().sync().channel();
                connection = channel.pipeline().get(Connection.class);
            }
            return connection;
        }

        private void forget() throws InterruptedException {
            if (connection != null) {
                connection.channel.close().await(Run.within());
                connection.discard();
                connection = null;
            }
        }

        void close() throws InterruptedException {
            forget();
            group.shutdownGracefully(0, 2, TimeUnit.SECONDS).await(5, TimeUnit.SECONDS);
        }
    }

    private static final class Connection extends ChannelInboundHandlerAdapter {

        private final BlockingQueue<CompletableFuture<FullHttpResponse>> answers = new LinkedBlockingQueue<>();
        private Channel channel;

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            channel = ctx.channel();
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            answers.add(CompletableFuture.completedFuture((FullHttpResponse) message));
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            answers.add(CompletableFuture.failedFuture(new IOException("the connection was closed")));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            answers.add(CompletableFuture.failedFuture(cause));
            ctx.close();
        }

        /** The next answer, which is the caller's to release. */
        FullHttpResponse answer() throws Exception {
            CompletableFuture<FullHttpResponse> next = answers.poll(Run.within(), TimeUnit.MILLISECONDS);
            if (next == null) {
                channel.close();
                throw new IOException("no answer");
            }
            return next.get();
        }

        /** Gives back the answers that no one waited for. */
        void discard() {
            for (CompletableFuture<FullHttpResponse> next : answers) {
                if (!next.isCompletedExceptionally()) {
                    FullHttpResponse response = next.join();
                    Run.attempt(() -> response.release());
                }
            }
            answers.clear();
        }
    }
}
