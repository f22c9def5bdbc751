// SPDX-License-Identifier: Apache-2.0
package com.example.loads;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.CompositeByteBuf;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.ByteBufFlux;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/** A letter box over HTTP: letters are posted, sorted, copied, weighed, kept for their receivers and collected. */
public final class ReactorNetty implements Run.Program {

    private final LoopResources loops = LoopResources.create("letters", 1, 2, true);
    private final ConnectionProvider connections = ConnectionProvider.create("letters", 4);
    private final PostOffice office = new PostOffice(loops);
    private final Sender sender = new Sender(loops, connections, office.port());

    private ReactorNetty() {}

    public static void main(String[] args) {
        System.exit(Run.main(args, 1_500, ReactorNetty::new));
    }

    @Override
    public void operate(int number, Random random) throws Exception {
        String letter = letter(number, random);
        String box = "/boxes/" + random.nextInt(40);
        switch (random.nextInt(8)) {
            case 0 -> expect(sender.post("/copy", letter), letter);
            case 1 -> expect(sender.stream("/copy", letter), letter);
            case 2 -> expect(sender.post(box, letter), "kept");
            case 3 -> sender.collect(box);
            case 4 -> expect(sender.post("/weigh", letter), String.valueOf(letter.length()));
            case 5 -> expect(sender.stream("/shout", letter), letter.toUpperCase(Locale.ROOT));
            case 6 -> expect(sender.post("/number", random.nextBoolean() ? letter : "x"), "");
            default -> sender.peek("/copy", letter);
        }
    }

    private static String letter(int number, Random random) {
        StringBuilder text = new StringBuilder("letter ").append(number);
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

    @Override
    public void close() {
        Run.attempt(sender::close);
        Run.attempt(office::close);
        Run.attempt(() -> connections.disposeLater().block(Duration.ofSeconds(5)));
        Run.attempt(
                () -> loops.disposeLater(Duration.ZERO, Duration.ofSeconds(2)).block(Duration.ofSeconds(5)));
    }

    /** The server. */
    private static final class PostOffice {

        private final Boxes boxes = new Boxes(20);
        private final Scales scales = new Scales();
        private final Sorting sorting = new Sorting();
        private final DisposableServer server;

        PostOffice(LoopResources loops) {
            server = HttpServer.create()
                    .host("localhost")
                    .port(0)
                    .runOn(loops)
                    .compress(256)
                    .route(routes -> routes.post("/copy", this::copy)
                            .post("/shout", this::shout)
                            .post("/weigh", scales::weigh)
                            .post("/number", this::number)
                            .post("/boxes/{box}", boxes::keep)
                            .get("/boxes/{box}", boxes::collect))
                    .bindNow();
        }

        int port() {
            return server.port();
        }

        /** Sends the letter back as it came, piece by piece. */
        private Publisher<Void> copy(HttpServerRequest request, HttpServerResponse response) {
            return response.send(request.receive().retain().doOnNext(sorting::note));
        }

        private Publisher<Void> shout(HttpServerRequest request, HttpServerResponse response) {
            return response.send(request.receive().retain().map(piece -> louder(response.alloc(), piece)));
        }

        private static ByteBuf louder(ByteBufAllocator alloc, ByteBuf piece) {
            ByteBuf loud = alloc.buffer(piece.readableBytes());
            try {
                piece.forEachByte(letter -> {
                    loud.writeByte(letter >= 'a' && letter <= 'z' ? letter - 32 : letter);
                    return true;
                });
                return loud;
            } finally {
                piece.release();
            }
        }

        /** Looks at the number of the letter; one without a number is refused. */
        private Publisher<Void> number(HttpServerRequest request, HttpServerResponse response) {
            return request.receive().aggregate().retain().flatMap(letter -> {
                try {
                    Integer.parseInt(letter.toString(StandardCharsets.UTF_8).split(" ")[1]);
                } catch (IndexOutOfBoundsException noNumber) {
                    letter.release();
                    return response.status(HttpResponseStatus.BAD_REQUEST).send();
                }
                sorting.note(letter);
                letter.release();
                return response.status(HttpResponseStatus.ACCEPTED).send();
            });
        }

        void close() {
            Run.attempt(() -> server.disposeNow(Duration.ofSeconds(3)));
            Run.attempt(scales::close);
            boxes.clear();
            sorting.clear();
        }
    }

    /** Keeps the beginnings of letters until there are enough of them. */
    private static final class Sorting {

        private final Deque<ByteBuf> beginnings = new ArrayDeque<>();
        private long sum;

        synchronized void note(ByteBuf letter) {
            beginnings.add(letter.retainedSlice(letter.readerIndex(), Math.min(8, letter.readableBytes())));
            if (beginnings.size() == 30) {
                sort();
            }
        }

        private void sort() {
            while (!beginnings.isEmpty()) {
                ByteBuf beginning = beginnings.poll();
                sum += beginning.readableBytes();
                beginning.release();
            }
        }

        synchronized void clear() {
            for (ByteBuf beginning : beginnings) {
                Run.attempt(() -> beginning.release());
            }
            beginnings.clear();
        }
    }

    /** Letters that wait for their receivers, one a box. */
    private static final class Boxes {

        private final int capacity;
        private final Map<String, ByteBuf> letters = new LinkedHashMap<>();

        Boxes(int capacity) {
            this.capacity = capacity;
        }

        Publisher<Void> keep(HttpServerRequest request, HttpServerResponse response) {
            return request.receive()
                    .aggregate()
                    .retain()
                    .doOnNext(letter -> put(request.param("box"), letter))
                    .then(response.sendString(Mono.just("kept")).then());
        }

        private synchronized void put(String box, ByteBuf letter) {
            ByteBuf former = letters.remove(box);
            if (former != null) {
                former.release();
            } else if (letters.size() == capacity) {
                throwAwayEldest();
            }
            letters.put(box, letter);
        }

        private void throwAwayEldest() {
            String eldest = letters.keySet().iterator().next();
            ByteBuf letter = letters.remove(eldest);
            ReferenceCountUtil.release(letter);
        }

        /** Sends the letter, which leaves its box. */
        Publisher<Void> collect(HttpServerRequest request, HttpServerResponse response) {
            ByteBuf letter = take(request.param("box"));
            return letter == null ? response.sendNotFound() : response.send(Mono.just(letter));
        }

        private synchronized ByteBuf take(String box) {
            return letters.remove(box);
        }

        synchronized void clear() {
            for (ByteBuf letter : letters.values()) {
                Run.attempt(() -> letter.release());
            }
            letters.clear();
        }
    }

    /** Weighs letters on a thread of its own. */
    private static final class Scales {

        private final Scheduler worker = Schedulers.newSingle("scales");
        private final AtomicLong weighed = new AtomicLong();

        Publisher<Void> weigh(HttpServerRequest request, HttpServerResponse response) {
            Mono<String> weight =
                    request.receive().aggregate().retain().publishOn(worker).map(this::weight);
            return response.sendString(weight);
        }

        private String weight(ByteBuf letter) {
            try {
                weighed.addAndGet(letter.readableBytes());
                return String.valueOf(letter.readableBytes());
            } finally {
                letter.release();
            }
        }

        void close() {
            worker.disposeGracefully().block(Duration.ofMillis(Run.within()));
        }
    }

    /** The client. */
    private static final class Sender {

        private final ExecutorService reader = Executors.newSingleThreadExecutor();
        private final HttpClient client;

        Sender(LoopResources loops, ConnectionProvider connections, int port) {
            client = HttpClient.create(connections)
                    .host("localhost")
                    .port(port)
                    .runOn(loops)
                    .compress(true);
        }

        /** Posts a letter in one piece and reads the answer on another thread. */
        String post(String uri, String letter) throws Exception {
            ByteBuf answer = client.post()
                    .uri(uri)
                    .send(Mono.fromSupplier(() -> ByteBufUtil.writeUtf8(ByteBufAllocator.DEFAULT, letter)))
                    .responseContent()
                    .aggregate()
                    .retain()
                    .block(Duration.ofMillis(Run.within()));
            return answer == null ? "" : reader.submit(() -> read(answer)).get(Run.within(), TimeUnit.MILLISECONDS);
        }

        private static String read(ByteBuf answer) {
            try {
                return answer.toString(StandardCharsets.UTF_8);
            } finally {
                answer.release();
            }
        }

        /** Posts a letter in pieces and gathers those of the answer. */
        String stream(String uri, String letter) throws IOException {
            CompositeByteBuf answer = ByteBufAllocator.DEFAULT.compositeBuffer(64);
            try {
                client.post()
                        .uri(uri)
                        .send(ByteBufFlux.fromString(Flux.fromArray(letter.split("(?<= )"))))
                        .responseContent()
                        .retain()
                        .doOnNext(piece -> answer.addComponent(true, piece))
                        .blockLast(Duration.ofMillis(Run.within()));
                return answer.toString(StandardCharsets.UTF_8);
            } finally {
                answer.release();
            }
        }

        /** Collects a letter, if there is one. */
        void collect(String uri) {
            ByteBuf letter = client.get()
                    .uri(uri)
                    .responseSingle((response, content) ->
                            response.status().equals(HttpResponseStatus.OK) ? content.retain() : Mono.<ByteBuf>empty())
                    .block(Duration.ofMillis(Run.within()));
            if (letter != null) {
                letter.release();
            }
        }

        /** Reads no more than the first piece of the answer. */
        void peek(String uri, String letter) {
            ByteBuf first = client.post()
                    .uri(uri)
                    .send(ByteBufFlux.fromString(Flux.fromArray(letter.split("(?<= )"))))
                    .responseContent()
                    .retain()
                    .next()
                    .block(Duration.ofMillis(Run.within()));
            boolean begins = letter.startsWith(first.toString(StandardCharsets.UTF_8));
            first.release();
            if (!begins) {
                throw new IllegalStateException("answered something else");
            }
        }

        void close() throws InterruptedException {
            reader.shutdown();
            reader.awaitTermination(Run.within(), TimeUnit.MILLISECONDS);
        }
    }
}
