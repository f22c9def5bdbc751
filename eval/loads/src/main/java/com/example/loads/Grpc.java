// SPDX-License-Identifier: Apache-2.0
package com.example.loads;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Detachable;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A parcel service over gRPC. What arrives stays in the buffers of the transport, without a copy, until the parcel is
 * closed.
 */
public final class Grpc implements Run.Program {

    private static final MethodDescriptor<Parcel, Parcel> ECHO = method("Echo", MethodType.UNARY);
    private static final MethodDescriptor<Parcel, Parcel> FORWARD = method("Forward", MethodType.UNARY);
    private static final MethodDescriptor<Parcel, Parcel> WEIGH = method("Weigh", MethodType.UNARY);
    private static final MethodDescriptor<Parcel, Parcel> COLLECT = method("Collect", MethodType.CLIENT_STREAMING);
    private static final MethodDescriptor<Parcel, Parcel> UNPACK = method("Unpack", MethodType.SERVER_STREAMING);
    private static final MethodDescriptor<Parcel, Parcel> CHAT = method("Chat", MethodType.BIDI_STREAMING);

    private final Depot depot;
    private final Customer customer;

    private Grpc() throws IOException {
        depot = new Depot();
        customer = new Customer(depot.port());
    }

    public static void main(String[] args) {
        System.exit(Run.main(args, 3_000, Grpc::new));
    }

    @Override
    public void operate(int number, Random random) throws Exception {
        String content = content(number, random);
        switch (random.nextInt(7)) {
            case 0, 1 -> customer.echo(content, random.nextBoolean());
            case 2 -> customer.forward(content);
            case 3 -> customer.weigh(random.nextInt(4) == 0 ? "" : content);
            case 4 -> customer.collect(List.of(content.split(" ")));
            case 5 -> customer.unpack(content);
            default -> customer.chat(content, 1 + random.nextInt(5));
        }
    }

    private static String content(int number, Random random) {
        StringBuilder content = new StringBuilder("parcel ").append(number);
        for (int things = random.nextInt(20); things > 0; things--) {
            content.append(' ').append(Integer.toString(random.nextInt(46_656), 36));
        }
        return content.toString();
    }

    private static void expect(String received, String expected) {
        if (!received.equals(expected)) {
            throw new IllegalStateException("received '" + received + "' instead of '" + expected + "'");
        }
    }

    @Override
    public void close() {
        Run.attempt(customer::close);
        Run.attempt(depot::close);
    }

    private static MethodDescriptor<Parcel, Parcel> method(String name, MethodType type) {
        return MethodDescriptor.<Parcel, Parcel>newBuilder()
                .setType(type)
                .setFullMethodName(MethodDescriptor.generateFullMethodName("Parcels", name))
                .setRequestMarshaller(new ParcelMarshaller())
                .setResponseMarshaller(new ParcelMarshaller())
                .build();
    }

    /** Bytes to be read once. Whoever has it closes it, or sends it. */
    private record Parcel(InputStream content) {

        static Parcel of(String content) {
            return new Parcel(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
        }

        String open() {
            try {
                return new String(content.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        void close() {
            try {
                content.close();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    /** Takes the buffers over from the transport where that is possible; the transport closes what it sends. */
    private static final class ParcelMarshaller implements MethodDescriptor.Marshaller<Parcel> {

        @Override
        public InputStream stream(Parcel parcel) {
            return parcel.content();
        }

        @Override
        public Parcel parse(InputStream arrived) {
            if (arrived instanceof Detachable detachable) {
                return new Parcel(detachable.detach());
            }
            try {
                return new Parcel(new ByteArrayInputStream(arrived.readAllBytes()));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    /** The server. */
    private static final class Depot {

        private final EventLoopGroup boss = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        private final ExecutorService clerks = Executors.newFixedThreadPool(2);
        private final Scales scales = new Scales();
        private final Shelf shelf = new Shelf(30);
        private final Server server;

        Depot() throws IOException {
            server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .bossEventLoopGroup(boss)
                    .workerEventLoopGroup(group)
                    .channelType(NioServerSocketChannel.class)
                    .executor(clerks)
                    .addService(ServerServiceDefinition.builder("Parcels")
                            .addMethod(ECHO, ServerCalls.asyncUnaryCall(this::echo))
                            .addMethod(FORWARD, ServerCalls.asyncUnaryCall(this::forward))
                            .addMethod(WEIGH, ServerCalls.asyncUnaryCall(scales::weigh))
                            .addMethod(COLLECT, ServerCalls.asyncClientStreamingCall(Collection::new))
                            .addMethod(UNPACK, ServerCalls.asyncServerStreamingCall(this::unpack))
                            .addMethod(CHAT, ServerCalls.asyncBidiStreamingCall(Chat::new))
                            .build())
                    .build()
                    .start();
        }

        int port() {
            return server.getPort();
        }

        private void echo(Parcel parcel, StreamObserver<Parcel> answers) {
            try {
                answers.onNext(Parcel.of(parcel.open()));
                answers.onCompleted();
            } finally {
                parcel.close();
            }
        }

        /** Sends the buffers back as they are. */
        private void forward(Parcel parcel, StreamObserver<Parcel> answers) {
            answers.onNext(parcel);
            answers.onCompleted();
        }

        /** Sends each thing in the parcel by itself, and keeps a parcel like it on the shelf for a while. */
        private void unpack(Parcel parcel, StreamObserver<Parcel> answers) {
            String content = parcel.open();
            shelf.put(parcel);
            for (String thing : content.split(" ")) {
                answers.onNext(Parcel.of(thing));
            }
            answers.onCompleted();
        }

        void close() throws InterruptedException {
            server.shutdown();
            server.awaitTermination(Run.within(), TimeUnit.MILLISECONDS);
            clerks.shutdown();
            clerks.awaitTermination(Run.within(), TimeUnit.MILLISECONDS);
            scales.close();
            shelf.clear();
            group.shutdownGracefully(0, 2, TimeUnit.SECONDS).await(5, TimeUnit.SECONDS);
            boss.shutdownGracefully(0, 2, TimeUnit.SECONDS).await(5, TimeUnit.SECONDS);
        }
    }

    /** The parcels that were put last. */
    private static final class Shelf {

        private final int room;
        private final Deque<Parcel> parcels = new ArrayDeque<>();

        Shelf(int room) {
            this.room = room;
        }

        synchronized void put(Parcel parcel) {
            parcels.add(parcel);
            if (parcels.size() > room) {
                parcels.remove().close();
            }
        }

        synchronized void clear() {
            for (Parcel parcel : parcels) {
                Run.attempt(() -> parcel.close());
            }
            parcels.clear();
        }
    }

    /** Weighs parcels on a thread of its own; an empty one is refused. */
    private static final class Scales {

        private final ExecutorService worker = Executors.newSingleThreadExecutor();
        private final AtomicLong weighed = new AtomicLong();

        void weigh(Parcel parcel, StreamObserver<Parcel> answers) {
            worker.execute(() -> {
                try {
                    answers.onNext(Parcel.of(String.valueOf(weight(parcel))));
                    answers.onCompleted();
                } catch (IllegalArgumentException empty) {
                    refuse(parcel, answers, empty.getMessage());
                }
            });
        }

        private long weight(Parcel parcel) {
            int weight = parcel.open().length();
            if (weight == 0) {
                throw new IllegalArgumentException("nothing in it");
            }
            parcel.close();
            weighed.addAndGet(weight);
            return weight;
        }

        private static void refuse(Parcel parcel, StreamObserver<Parcel> answers, String reason) {
            parcel.close();
            answers.onError(Status.INVALID_ARGUMENT.withDescription(reason).asRuntimeException());
        }

        void close() throws InterruptedException {
            worker.shutdown();
            worker.awaitTermination(Run.within(), TimeUnit.MILLISECONDS);
        }
    }

    /** Gathers parcels and answers with all that was in them. */
    private static final class Collection implements StreamObserver<Parcel> {

        private final List<Parcel> parcels = new ArrayList<>();
        private final StreamObserver<Parcel> answers;

        Collection(StreamObserver<Parcel> answers) {
            this.answers = answers;
        }

        @Override
        public synchronized void onNext(Parcel parcel) {
            parcels.add(parcel);
        }

        @Override
        public synchronized void onError(Throwable failure) {
            parcels.forEach(Parcel::close);
            parcels.clear();
        }

        @Override
        public synchronized void onCompleted() {
            StringBuilder all = new StringBuilder();
            for (Parcel parcel : parcels) {
                all.append(parcel.open());
                parcel.close();
            }
            parcels.clear();
            answers.onNext(Parcel.of(all.toString()));
            answers.onCompleted();
        }
    }

    /** Answers each parcel with the one before it, and holds the last until the chat ends. */
    private static final class Chat implements StreamObserver<Parcel> {

        private final StreamObserver<Parcel> answers;
        private Parcel last;

        Chat(StreamObserver<Parcel> answers) {
            this.answers = answers;
            ((ServerCallStreamObserver<Parcel>) answers).setOnCancelHandler(this::drop);
        }

        @Override
        public synchronized void onNext(Parcel parcel) {
            Parcel former = last;
            last = parcel;
            answers.onNext(former == null ? Parcel.of("hello") : former);
        }

        @Override
        public void onError(Throwable failure) {
            drop();
        }

        @Override
        public void onCompleted() {
            drop();
            answers.onCompleted();
        }

        private synchronized void drop() {
            if (last != null) {
                last.close();
                last = null;
            }
        }
    }

    /** The client. */
    private static final class Customer {

        private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        private final ExecutorService callbacks = Executors.newSingleThreadExecutor();
        private final ManagedChannel channel;

        Customer(int port) {
            channel = NettyChannelBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                    .usePlaintext()
                    .eventLoopGroup(group)
                    .channelType(NioSocketChannel.class)
                    .executor(callbacks)
                    .build();
        }

        void echo(String content, boolean zipped) {
            CallOptions how = zipped ? options().withCompression("gzip") : options();
            Parcel answer = ClientCalls.blockingUnaryCall(channel, ECHO, how, Parcel.of(content));
            try {
                expect(answer.open(), content);
            } finally {
                answer.close();
            }
        }

        void forward(String content) {
            Parcel answer = ClientCalls.blockingUnaryCall(channel, FORWARD, options(), Parcel.of(content));
            String received = answer.open();
            answer.close();
            expect(received, content);
        }

        void weigh(String content) {
            try {
                Parcel answer = ClientCalls.blockingUnaryCall(channel, WEIGH, options(), Parcel.of(content));
                expect(read(answer), String.valueOf(content.length()));
            } catch (StatusRuntimeException refused) {
                if (!content.isEmpty()) {
                    throw refused;
                }
            }
        }

        void collect(List<String> things) throws Exception {
            Answers answers = new Answers();
            StreamObserver<Parcel> parcels = ClientCalls.asyncClientStreamingCall(call(channel, COLLECT), answers);
            for (String thing : things) {
                parcels.onNext(Parcel.of(thing));
            }
            parcels.onCompleted();
            try {
                expect(read(answers.next()), String.join("", things));
            } finally {
                answers.discard();
            }
        }

        void unpack(String content) {
            Iterator<Parcel> things =
                    ClientCalls.blockingServerStreamingCall(channel, UNPACK, options(), Parcel.of(content));
            StringBuilder all = new StringBuilder();
            while (things.hasNext()) {
                all.append(all.isEmpty() ? "" : " ").append(read(things.next()));
            }
            expect(all.toString(), content);
        }

        /** Talks for some turns and then completes, or hangs up when the turns are many. */
        void chat(String content, int turns) throws Exception {
            Answers answers = new Answers();
            StreamObserver<Parcel> parcels = ClientCalls.asyncBidiStreamingCall(call(channel, CHAT), answers);
            String expected = "hello";
            try {
                for (int turn = 0; turn < turns; turn++) {
                    parcels.onNext(Parcel.of(content + turn));
                    expect(read(answers.next()), expected);
                    expected = content + turn;
                }
            } finally {
                hangUp(parcels, turns > 3);
                answers.awaitEnd();
                answers.discard();
            }
        }

        private static void hangUp(StreamObserver<Parcel> parcels, boolean rudely) {
            if (rudely) {
                parcels.onError(Status.CANCELLED.asRuntimeException());
            } else {
                parcels.onCompleted();
            }
        }

        private static String read(Parcel parcel) {
            try {
                return parcel.open();
            } finally {
                parcel.close();
            }
        }

        private static ClientCall<Parcel, Parcel> call(Channel channel, MethodDescriptor<Parcel, Parcel> method) {
            return channel.newCall(method, options());
        }

        private static CallOptions options() {
            return CallOptions.DEFAULT.withDeadlineAfter(Run.within(), TimeUnit.MILLISECONDS);
        }

        void close() throws InterruptedException {
            channel.shutdown();
            channel.awaitTermination(Run.within(), TimeUnit.MILLISECONDS);
            callbacks.shutdown();
            callbacks.awaitTermination(Run.within(), TimeUnit.MILLISECONDS);
            group.shutdownGracefully(0, 2, TimeUnit.SECONDS).await(5, TimeUnit.SECONDS);
        }
    }

    /** What the server answers, in a queue for the thread that asked. */
    private static final class Answers implements StreamObserver<Parcel> {

        private static final Parcel END = Parcel.of("");

        private final BlockingQueue<Parcel> arrived = new LinkedBlockingQueue<>();

        @Override
        public void onNext(Parcel parcel) {
            arrived.add(parcel);
        }

        @Override
        public void onError(Throwable failure) {
            arrived.add(END);
        }

        @Override
        public void onCompleted() {
            arrived.add(END);
        }

        /** The next parcel, which is the caller's to close. */
        Parcel next() throws Exception {
            Parcel parcel = arrived.poll(Run.within(), TimeUnit.MILLISECONDS);
            if (parcel == null) {
                throw new TimeoutException("no answer");
            }
            if (parcel == END) {
                arrived.add(END);
                throw new IOException("the call has ended");
            }
            return parcel;
        }

        void awaitEnd() throws InterruptedException {
            Parcel parcel = arrived.poll(Run.within(), TimeUnit.MILLISECONDS);
            while (parcel != null && parcel != END) {
                parcel.close();
                parcel = arrived.poll(Run.within(), TimeUnit.MILLISECONDS);
            }
        }

        void discard() {
            for (Parcel parcel = arrived.poll(); parcel != null; parcel = arrived.poll()) {
                parcel.close();
            }
        }
    }
}
