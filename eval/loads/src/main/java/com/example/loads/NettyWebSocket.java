// SPDX-License-Identifier: Apache-2.0
package com.example.loads;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.codec.http.websocketx.extensions.compression.WebSocketClientCompressionHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.WebSocketServerCompressionHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;

/** A chat room over WebSockets: what is said goes to everyone, is remembered for a while, and can be asked for again. */
public final class NettyWebSocket implements Run.Program {

    private static final int MAX_FRAME = 64 * 1024;

    private final Room room = new Room();
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Guest[] guests = new Guest[3];

    private NettyWebSocket() throws Exception {
        for (int guest = 0; guest < guests.length; guest++) {
            guests[guest] = new Guest(group, room.address());
            guests[guest].enter();
        }
    }

    public static void main(String[] args) {
        System.exit(Run.main(args, 3_000, NettyWebSocket::new));
    }

    @Override
    public void operate(int number, Random random) throws Exception {
        for (Guest guest : guests) {
            guest.enter();
        }
        Guest guest = guests[random.nextInt(guests.length)];
        String words = words(number, random);
        switch (random.nextInt(8)) {
            case 0 -> say(guest, words);
            case 1 -> guest.sayInPieces(words);
            case 2 -> expect(guest.whisper(words), words);
            case 3 -> expect(guest.ping(words), "pong");
            case 4 -> expect(guest.ask("last"), null);
            case 5 -> expect(guest.ask("sum"), null);
            case 6 -> expect(guest.ask("nonsense"), "what?");
            default -> {
                if (random.nextInt(20) == 0) {
                    guest.leave();
                }
            }
        }
    }

    /** Everyone hears it. */
    private void say(Guest speaker, String words) throws Exception {
        speaker.say(words);
        for (Guest guest : guests) {
            expect(guest.hear(), words);
        }
    }

    private static String words(int number, Random random) {
        StringBuilder words = new StringBuilder("no. ").append(number);
        for (int count = random.nextInt(60); count > 0; count--) {
            words.append(' ').append(Integer.toString(random.nextInt(46_656), 36));
        }
        return words.toString();
    }

    private static void expect(String heard, String expected) {
        if (expected != null && !heard.equals(expected)) {
            throw new IllegalStateException("heard '" + heard + "' instead of '" + expected + "'");
        }
    }

    @Override
    public void close() {
        for (Guest guest : guests) {
            Run.attempt(guest::leave);
        }
        Run.attempt(() -> group.shutdownGracefully(0, 2, TimeUnit.SECONDS).await(5, TimeUnit.SECONDS));
        Run.attempt(room::close);
    }

    /** The server. */
    private static final class Room {

        private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
        private final ChannelGroup present = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        private final Memory memory = new Memory(25);
        private final Clerk clerk = new Clerk();
        private final Channel channel;

        Room() throws InterruptedException {
            channel = new ServerBootstrap()
                    .group(group)
                    .channel(NioServerSocketChannel.class)
                    .childHandler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel guest) {
                            guest.pipeline()
                                    .addLast(new HttpServerCodec())
                                    .addLast(new HttpObjectAggregator(MAX_FRAME))
                                    .addLast(new WebSocketServerCompressionHandler(MAX_FRAME))
                                    .addLast(new WebSocketServerProtocolHandler("/room", null, true, MAX_FRAME))
                                    .addLast(new WhisperHandler())
                                    .addLast(new WebSocketFrameAggregator(MAX_FRAME))
                                    .addLast(new TalkHandler(present, memory, clerk));
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
            present.close().await(Run.within());
            group.shutdownGracefully(0, 2, TimeUnit.SECONDS).await(5, TimeUnit.SECONDS);
            clerk.close();
            memory.clear();
        }
    }

    /** Sends binary frames back to where they came from. */
    private static final class WhisperHandler extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
            if (message instanceof BinaryWebSocketFrame whisper) {
                ByteBuf words = whisper.content().retainedSlice();
                whisper.release();
                ctx.writeAndFlush(new BinaryWebSocketFrame(words));
            } else {
                super.channelRead(ctx, message);
            }
        }
    }

    /** Passes on what is said and answers questions; each frame is given back when this returns. */
    private static final class TalkHandler extends SimpleChannelInboundHandler<TextWebSocketFrame> {

        private final ChannelGroup present;
        private final Memory memory;
        private final Clerk clerk;

        TalkHandler(ChannelGroup present, Memory memory, Clerk clerk) {
            this.present = present;
            this.memory = memory;
            this.clerk = clerk;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
            if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete) {
                present.add(ctx.channel());
                ctx.writeAndFlush(new TextWebSocketFrame("welcome"));
            }
            super.userEventTriggered(ctx, event);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, TextWebSocketFrame frame) {
            ByteBuf words = frame.content();
            if (words.getByte(words.readerIndex()) == '?') {
                answer(ctx, frame.text().substring(1));
                return;
            }
            memory.keep(words);
            clerk.count(words);
            present.writeAndFlush(frame.retain());
        }

        private void answer(ChannelHandlerContext ctx, String question) {
            ByteBuf answer = ctx.alloc().buffer();
            try {
                answer(question, answer);
                ctx.writeAndFlush(new TextWebSocketFrame(answer.retain()));
            } catch (IllegalArgumentException nonsense) {
                ctx.writeAndFlush(new TextWebSocketFrame("what?"));
            } finally {
                answer.release();
            }
        }

        private void answer(String question, ByteBuf answer) {
            if (question.equals("last")) {
                ByteBuf last = memory.last();
                if (last != null) {
                    answer.writeBytes(last);
                    last.release();
                }
            } else if (question.equals("sum")) {
                ByteBufUtil.writeUtf8(answer, String.valueOf(clerk.sum()));
            } else {
                throw new IllegalArgumentException(question);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }

    /** What was said last. */
    private static final class Memory {

        private final int capacity;
        private final Deque<ByteBuf> said = new ArrayDeque<>();

        Memory(int capacity) {
            this.capacity = capacity;
        }

        synchronized void keep(ByteBuf words) {
            said.add(words.retainedDuplicate());
            if (said.size() > capacity) {
                ByteBuf forgotten = said.remove();
                forgotten.release();
            }
        }

        /** What was said last, retained for the caller, or null. */
        synchronized ByteBuf last() {
            return said.isEmpty() ? null : said.getLast().retainedDuplicate();
        }

        synchronized void clear() {
            for (ByteBuf words : said) {
                Run.attempt(() -> words.release());
            }
            said.clear();
        }
    }

    /** Sums up what is said, on a thread of its own. */
    private static final class Clerk {

        private final ExecutorService worker = Executors.newSingleThreadExecutor();
        private final AtomicLong sum = new AtomicLong();

        void count(ByteBuf words) {
            ByteBuf own = words.retain();
            worker.execute(() -> {
                try {
                    CRC32 checksum = new CRC32();
                    checksum.update(own.nioBuffer());
                    sum.addAndGet(checksum.getValue());
                } finally {
                    ReferenceCountUtil.release(own);
                }
            });
        }

        long sum() {
            return sum.get();
        }

        void close() throws InterruptedException {
            worker.shutdown();
            worker.awaitTermination(Run.within(), TimeUnit.MILLISECONDS);
        }
    }

    /** A client, which takes what it hears off a queue. */
    private static final class Guest {

        private final Bootstrap bootstrap;
        private Ears ears;

        Guest(EventLoopGroup group, SocketAddress room) {
            URI uri = URI.create("ws://localhost:" + ((InetSocketAddress) room).getPort() + "/room");
            bootstrap = new Bootstrap()
                    .group(group)
                    .channel(NioSocketChannel.class)
                    .remoteAddress(room)
                    .handler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel channel) {
                            channel.pipeline()
                                    .addLast(new HttpClientCodec())
                                    .addLast(new HttpObjectAggregator(MAX_FRAME))
                                    .addLast(new WebSocketClientCompressionHandler(MAX_FRAME))
                                    .addLast(new WebSocketClientProtocolHandler(
                                            WebSocketClientHandshakerFactory.newHandshaker(
                                                    uri,
                                                    WebSocketVersion.V13,
                                                    null,
                                                    true,
                                                    new DefaultHttpHeaders(),
                                                    MAX_FRAME),
                                            true,
                                            false))
                                    .addLast(new WebSocketFrameAggregator(MAX_FRAME))
                                    .addLast(new Ears());
                        }
                    });
        }

        void enter() throws Exception {
            if (ears != null && ears.channel.isActive()) {
                return;
            }
            if (ears != null) {
                ears.discard();
            }
            Channel channel = bootstrap.connect().sync().channel();
            ears = channel.pipeline().get(Ears.class);
            expect(hear(), "welcome");
        }

        void leave() throws InterruptedException {
            if (ears != null) {
                ears.channel.writeAndFlush(new CloseWebSocketFrame());
                if (!ears.channel.closeFuture().await(Run.within())) {
                    ears.channel.close().await(Run.within());
                }
                ears.discard();
                ears = null;
            }
        }

        void say(String words) {
            ears.channel.writeAndFlush(new TextWebSocketFrame(words));
        }

        /** Says it as one message in several frames, which together are a question without an answer. */
        void sayInPieces(String words) throws Exception {
            ByteBuf all = ByteBufUtil.writeUtf8(ears.channel.alloc(), "?" + words);
            try {
                int half = all.readableBytes() / 2;
                ears.channel.write(new TextWebSocketFrame(false, 0, all.readRetainedSlice(half)));
                ears.channel.write(new ContinuationWebSocketFrame(false, 0, all.readRetainedSlice(1)));
                ears.channel.writeAndFlush(new ContinuationWebSocketFrame(true, 0, all.retainedSlice()));
            } finally {
                all.release();
            }
            expect(hear(), "what?");
        }

        String whisper(String words) throws Exception {
            ears.channel.writeAndFlush(new BinaryWebSocketFrame(ByteBufUtil.writeUtf8(ears.channel.alloc(), words)));
            return hear();
        }

        String ping(String words) throws Exception {
            ByteBuf beginning = ByteBufUtil.writeUtf8(ears.channel.alloc(), words.substring(0, 5));
            ears.channel.writeAndFlush(new PingWebSocketFrame(beginning));
            WebSocketFrame pong = ears.next();
            boolean answered = pong instanceof PongWebSocketFrame;
            pong.release();
            return answered ? "pong" : "something else";
        }

        String ask(String question) throws Exception {
            say("?" + question);
            return hear();
        }

        /** What is heard next. */
        String hear() throws Exception {
            WebSocketFrame frame = ears.next();
            try {
                return frame.content().toString(StandardCharsets.UTF_8);
            } finally {
                frame.release();
            }
        }
    }

    private static final class Ears extends ChannelInboundHandlerAdapter {

        private final BlockingQueue<WebSocketFrame> heard = new LinkedBlockingQueue<>();
        private Channel channel;

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            channel = ctx.channel();
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
            if (message instanceof WebSocketFrame frame) {
                heard.add(frame);
            } else {
                super.channelRead(ctx, message);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }

        /** The next frame, which is the caller's to release. */
        WebSocketFrame next() throws Exception {
            WebSocketFrame frame = heard.poll(Run.within(), TimeUnit.MILLISECONDS);
            if (frame == null) {
                channel.close().await(Run.within());
                throw new IOException("nothing was heard");
            }
            return frame;
        }

        void discard() {
            for (WebSocketFrame frame = heard.poll(); frame != null; frame = heard.poll()) {
                WebSocketFrame unheard = frame;
                Run.attempt(() -> unheard.release());
            }
        }
    }
}
