// SPDX-License-Identifier: Apache-2.0
package com.example.loads;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
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
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;

/** A gallery over HTTP/2: pictures are shown frame by frame where they are only passed on, and whole where they are kept. */
public final class NettyHttp2 implements Run.Program {

    private static final int MAX_PICTURE = 64 * 1024;

    private final Gallery gallery = new Gallery();
    private final Visitor visitor;

    private NettyHttp2() {
        visitor = new Visitor(gallery.address());
    }

    public static void main(String[] args) {
        System.exit(Run.main(args, 2_500, NettyHttp2::new));
    }

    @Override
    public void operate(int number, Random random) throws Exception {
        String picture = picture(number, random);
        String name = "/pictures/" + random.nextInt(60);
        switch (random.nextInt(8)) {
            case 0, 1 -> expect(visitor.pass("/mirror", picture, 1 + random.nextInt(4)), picture);
            case 2 -> expect(visitor.pass("/frames", picture, 2).length(), 1);
            case 3, 4 -> expect(visitor.call(HttpMethod.PUT, name, picture), picture);
            case 5 -> visitor.call(HttpMethod.GET, name, "");
            case 6 -> expect(visitor.call(HttpMethod.POST, "/weigh", picture), String.valueOf(picture.length()));
            default -> {
                if (random.nextInt(10) > 0) {
                    expect(visitor.call(HttpMethod.POST, "/nowhere", picture), "no such place");
                } else {
                    visitor.runAway("/mirror", picture);
                }
            }
        }
    }

    private static String picture(int number, Random random) {
        StringBuilder picture = new StringBuilder("picture ").append(number);
        for (int dots = random.nextInt(80); dots >= 0; dots--) {
            picture.append(' ').append(Integer.toString(random.nextInt(46_656), 36));
        }
        return picture.toString();
    }

    private static void expect(int answer, int expected) {
        expect(String.valueOf(answer), String.valueOf(expected));
    }

    private static void expect(String answer, String expected) {
        if (!answer.equals(expected)) {
            throw new IllegalStateException("answered '" + answer + "' instead of '" + expected + "'");
        }
    }

    @Override
    public void close() {
        Run.attempt(visitor::close);
        Run.attempt(gallery::close);
    }

    /** The server. */
    private static final class Gallery {

        private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
        private final Hall hall = new Hall(30);
        private final Scales scales = new Scales();
        private final Channel channel;

        Gallery() {
            channel = new ServerBootstrap()
                    .group(group)
                    .channel(NioServerSocketChannel.class)
                    .childHandler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel connection) {
                            connection
                                    .pipeline()
                                    .addLast(Http2FrameCodecBuilder.forServer().build())
                                    .addLast(new Http2MultiplexHandler(new ChannelInitializer<Channel>() {
                                        @Override
                                        protected void initChannel(Channel stream) {
                                            stream.pipeline().addLast(new Entrance(hall, scales));
                                        }
                                    }));
                        }
                    })
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .syncUninterruptibly()
                    .channel();
        }

        SocketAddress address() {
            return channel.localAddress();
        }

        void close() throws InterruptedException {
            channel.close().sync();
            group.shutdownGracefully(0, 2, TimeUnit.SECONDS).await(5, TimeUnit.SECONDS);
            scales.close();
            hall.clear();
        }
    }

    /** Sees from a stream's first frame who is to handle it. */
    private static final class Entrance extends ChannelInboundHandlerAdapter {

        private final Hall hall;
        private final Scales scales;

        Entrance(Hall hall, Scales scales) {
            this.hall = hall;
            this.scales = scales;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            String path = ((Http2HeadersFrame) message).headers().path().toString();
            if (path.equals("/mirror")) {
                ctx.pipeline().addLast(new Mirror());
            } else if (path.equals("/frames")) {
                ctx.pipeline().addLast(new FrameCounter());
            } else {
                ctx.pipeline()
                        .addLast(new Http2StreamFrameToHttpObjectCodec(true))
                        .addLast(new HttpObjectAggregator(MAX_PICTURE))
                        .addLast(new PictureHandler(hall, scales));
            }
            ctx.fireChannelRead(message);
            ctx.pipeline().remove(this);
        }
    }

    /** Passes each frame on as it comes. */
    private static final class Mirror extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof Http2HeadersFrame) {
                ctx.writeAndFlush(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().status("200")));
            } else if (message instanceof Http2DataFrame data) {
                ctx.writeAndFlush(new DefaultHttp2DataFrame(data.content(), data.isEndStream()));
            } else {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }

    /** Holds the frames of a stream until the last has come, and tells how many there were. */
    private static final class FrameCounter extends ChannelInboundHandlerAdapter {

        private final Deque<Http2DataFrame> frames = new ArrayDeque<>();

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (!(message instanceof Http2DataFrame data)) {
                ReferenceCountUtil.release(message);
                return;
            }
            frames.add(data);
            if (data.isEndStream()) {
                int count = frames.size();
                drop();
                ctx.write(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().status("200")));
                ByteBuf answer = ByteBufUtil.writeUtf8(ctx.alloc(), String.valueOf(count));
                ctx.writeAndFlush(new DefaultHttp2DataFrame(answer, true));
            }
        }

        private void drop() {
            for (Http2DataFrame frame = frames.poll(); frame != null; frame = frames.poll()) {
                frame.release();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) throws Exception {
            drop();
            super.channelInactive(ctx);
        }
    }

    /** Hangs pictures up, shows and weighs them; each request is given back when this returns. */
    private static final class PictureHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

        private final Hall hall;
        private final Scales scales;

        PictureHandler(Hall hall, Scales scales) {
            this.hall = hall;
            this.scales = scales;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            ByteBuf picture = request.content();
            if (request.method().equals(HttpMethod.PUT)) {
                hall.hang(request.uri(), picture);
                respond(ctx, HttpResponseStatus.OK, picture.retain());
            } else if (request.method().equals(HttpMethod.GET)) {
                ByteBuf shown = hall.show(request.uri());
                respond(ctx, HttpResponseStatus.OK, shown == null ? Unpooled.EMPTY_BUFFER : shown);
            } else if (request.uri().equals("/weigh")) {
                scales.weigh(ctx, picture.retainedSlice());
            } else {
                ByteBuf reason = ByteBufUtil.writeUtf8(ctx.alloc(), "no such place");
                try {
                    respond(ctx, HttpResponseStatus.NOT_FOUND, reason.retainedDuplicate());
                } finally {
                    reason.release();
                }
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }

    private static void respond(ChannelHandlerContext ctx, HttpResponseStatus status, ByteBuf body) {
        ctx.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body));
    }

    /** The pictures that hang in the gallery. */
    private static final class Hall {

        private final int room;
        private final Map<String, ByteBuf> pictures = new LinkedHashMap<>();

        Hall(int room) {
            this.room = room;
        }

        synchronized void hang(String name, ByteBuf picture) {
            ByteBuf former = pictures.put(name, picture.retain());
            if (former != null) {
                former.release();
            } else if (pictures.size() > room) {
                takeDownEldest();
            }
        }

        private void takeDownEldest() {
            ByteBuf eldest = pictures.remove(pictures.keySet().iterator().next());
            eldest.release();
        }

        /** The picture, retained for the caller, or null. */
        synchronized ByteBuf show(String name) {
            ByteBuf picture = pictures.get(name);
            return picture == null ? null : picture.retainedDuplicate();
        }

        synchronized void clear() {
            for (ByteBuf picture : pictures.values()) {
                Run.attempt(() -> picture.release());
            }
            pictures.clear();
        }
    }

    /** Weighs pictures on a thread of its own, from which it answers. */
    private static final class Scales {

        private final ExecutorService worker = Executors.newSingleThreadExecutor();
        private final AtomicLong sum = new AtomicLong();

        void weigh(ChannelHandlerContext ctx, ByteBuf picture) {
            worker.execute(() -> {
                ByteBuf answer = ctx.alloc().buffer();
                try {
                    ByteBufUtil.writeUtf8(answer, String.valueOf(weight(picture)));
                    respond(ctx, HttpResponseStatus.OK, answer.retain());
                } finally {
                    answer.release();
                    picture.release();
                }
            });
        }

        private int weight(ByteBuf picture) {
            CRC32 checksum = new CRC32();
            checksum.update(picture.nioBuffer());
            sum.addAndGet(checksum.getValue());
            return picture.readableBytes();
        }

        void close() throws InterruptedException {
            worker.shutdown();
            worker.awaitTermination(Run.within(), TimeUnit.MILLISECONDS);
        }
    }

    /** The client: one connection, and a stream for each call. */
    private static final class Visitor {

        private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        private final Bootstrap bootstrap;
        private Channel connection;

        Visitor(SocketAddress gallery) {
            bootstrap = new Bootstrap()
                    .group(group)
                    .channel(NioSocketChannel.class)
                    .remoteAddress(gallery)
                    .handler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel channel) {
                            channel.pipeline()
                                    .addLast(Http2FrameCodecBuilder.forClient().build())
                                    .addLast(new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()));
                        }
                    });
        }

        /** Calls as over HTTP/1.1 and waits for the whole answer. */
        String call(HttpMethod method, String path, String picture) throws Exception {
            Answer answer = new Answer();
            Http2StreamChannel stream = open(new ChannelInitializer<Channel>() {
                @Override
                protected void initChannel(Channel channel) {
                    channel.pipeline()
                            .addLast(new Http2StreamFrameToHttpObjectCodec(false))
                            .addLast(new HttpObjectAggregator(MAX_PICTURE))
                            .addLast(answer);
                }
            });
            ByteBuf body = ByteBufUtil.writeUtf8(stream.alloc(), picture);
            stream.writeAndFlush(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, path, body));
            FullHttpResponse response = answer.get(stream);
            try {
                return response.content().toString(StandardCharsets.UTF_8);
            } finally {
                response.release();
            }
        }

        /** Sends a picture in several frames and gathers those of the answer. */
        String pass(String path, String picture, int frames) throws Exception {
            Frames answer = new Frames();
            Http2StreamChannel stream = open(answer);
            sendFrames(stream, path, picture, frames, true);
            ByteBuf passed = answer.get(stream);
            String text = passed.toString(StandardCharsets.UTF_8);
            passed.release();
            return text;
        }

        private static void sendFrames(Channel stream, String path, String picture, int frames, boolean all) {
            stream.write(new DefaultHttp2HeadersFrame(headers(path)));
            ByteBuf whole = ByteBufUtil.writeUtf8(stream.alloc(), picture);
            try {
                int length = whole.readableBytes() / frames;
                for (int frame = 1; frame < frames; frame++) {
                    stream.write(new DefaultHttp2DataFrame(whole.readRetainedSlice(length), false));
                }
                if (all) {
                    stream.write(new DefaultHttp2DataFrame(whole.readRetainedSlice(whole.readableBytes()), true));
                }
                stream.flush();
            } finally {
                whole.release();
            }
        }

        private static Http2Headers headers(String path) {
            return new DefaultHttp2Headers()
                    .method("POST")
                    .path(path)
                    .scheme("http")
                    .authority("localhost");
        }

        /** Sends half a picture and closes the stream. */
        void runAway(String path, String picture) throws Exception {
            Frames answer = new Frames();
            Http2StreamChannel stream = open(answer);
            sendFrames(stream, path, picture, 2, false);
            stream.close().await(Run.within());
        }

        private Http2StreamChannel open(ChannelHandler handler) throws Exception {
            if (connection == null || !connection.isActive()) {
                connection = bootstrap.connect().sync().channel();
            }
            Future<Http2StreamChannel> stream =
                    new Http2StreamChannelBootstrap(connection).handler(handler).open();
            if (!stream.await(Run.within())) {
                connection.close();
                throw new IOException("no stream was opened");
            }
            return stream.get();
        }

        void close() throws InterruptedException {
            if (connection != null) {
                connection.close().await(Run.within());
            }
            group.shutdownGracefully(0, 2, TimeUnit.SECONDS).await(5, TimeUnit.SECONDS);
        }
    }

    /** The answer to one call, for the thread that called. */
    private static final class Answer extends ChannelInboundHandlerAdapter {

        private final CompletableFuture<FullHttpResponse> response = new CompletableFuture<>();

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (!(message instanceof FullHttpResponse whole) || !response.complete(whole)) {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            response.completeExceptionally(new IOException("the stream was closed"));
        }

        FullHttpResponse get(Channel stream) throws Exception {
            try {
                return response.get(Run.within(), TimeUnit.MILLISECONDS);
            } finally {
                if (!response.isDone() && response.completeExceptionally(new IOException("too late"))) {
                    stream.close();
                }
            }
        }
    }

    /** Gathers the frames of an answer without copying them. */
    private static final class Frames extends ChannelInboundHandlerAdapter {

        private final CompletableFuture<ByteBuf> whole = new CompletableFuture<>();
        private CompositeByteBuf gathered;
        private boolean ended;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (!(message instanceof Http2DataFrame frame) || ended) {
                ReferenceCountUtil.release(message);
                return;
            }
            if (gathered == null) {
                gathered = ctx.alloc().compositeBuffer();
            }
            gathered.addComponent(true, frame.content().retain());
            boolean last = frame.isEndStream();
            frame.release();
            if (last) {
                ByteBuf all = gathered;
                gathered = null;
                ended = true;
                if (!whole.complete(all)) {
                    all.release();
                }
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            ended = true;
            whole.completeExceptionally(new IOException("the stream was closed"));
            if (gathered != null) {
                gathered.release();
                gathered = null;
            }
        }

        ByteBuf get(Channel stream) throws Exception {
            try {
                return whole.get(Run.within(), TimeUnit.MILLISECONDS);
            } finally {
                if (!whole.isDone() && whole.completeExceptionally(new IOException("too late"))) {
                    stream.close();
                }
            }
        }
    }
}
