// SPDX-License-Identifier: Apache-2.0
package com.example.loads;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A mill over HTTP: grain comes in sacks, is ground, weighed, stored and handed out again. */
public final class Jetty implements Run.Program {

    private final Mill mill = new Mill();
    private final Farmer farmer;

    private Jetty() throws Exception {
        farmer = new Farmer(mill.port());
    }

    public static void main(String[] args) {
        System.exit(Run.main(args, 2_000, Jetty::new));
    }

    @Override
    public void operate(int number, Random random) throws Exception {
        String grain = grain(number, random);
        String sack = "/sacks/" + random.nextInt(40);
        switch (random.nextInt(8)) {
            case 0 -> expect(farmer.bring("/through", grain), grain);
            case 1 -> expect(farmer.bringAndWatch("/through", grain), grain);
            case 2 -> expect(farmer.bring("/grind", grain), grain.replace(' ', '_'));
            case 3 -> expect(farmer.bring("/weigh", grain), String.valueOf(grain.length()));
            case 4 -> expect(farmer.bring(sack, grain), "stored");
            case 5 -> farmer.bringAndWatch(sack, "");
            case 6 -> expect(farmer.bring("/grind", "stones " + grain), "refused");
            default -> expect(farmer.bringAndWatch("/grind", grain), grain.replace(' ', '_'));
        }
    }

    private static String grain(int number, Random random) {
        StringBuilder grain = new StringBuilder("grain ").append(number);
        for (int kernels = random.nextInt(100); kernels > 0; kernels--) {
            grain.append(' ').append(Integer.toString(random.nextInt(46_656), 36));
        }
        return grain.toString();
    }

    private static void expect(String answer, String expected) {
        if (!answer.equals(expected)) {
            throw new IllegalStateException("answered '" + answer + "' instead of '" + expected + "'");
        }
    }

    @Override
    public void close() {
        Run.attempt(farmer::close);
        Run.attempt(mill::close);
    }

    private static QueuedThreadPool threads(String name) {
        QueuedThreadPool threads = new QueuedThreadPool(8, 2);
        threads.setName(name);
        return threads;
    }

    /** The server. */
    private static final class Mill extends Handler.Abstract {

        private final Server server = new Server(threads("mill"));
        private final ServerConnector connector = new ServerConnector(server, 1, 1);
        private final Store store = new Store(15);
        private final Scales scales = new Scales();

        Mill() throws Exception {
            connector.setHost("localhost");
            connector.setIdleTimeout(5_000);
            server.addConnector(connector);
            server.setHandler(this);
            server.start();
        }

        int port() {
            return connector.getLocalPort();
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            String path = Request.getPathInContext(request);
            if (path.equals("/through")) {
                new Passage(request, response, callback).run();
            } else if (path.equals("/weigh")) {
                new Reading(request, callback, scales.weighing(response, callback)).run();
            } else if (path.equals("/grind")) {
                ByteBufferPool pool = server.getByteBufferPool();
                new Reading(request, callback, chunks -> grind(pool, chunks, response, callback)).run();
            } else {
                new Reading(request, callback, chunks -> store.visit(path, chunks, response, callback)).run();
            }
            return true;
        }

        /** Grinds into a buffer of the pool; what is not grain is refused. */
        private static void grind(ByteBufferPool pool, Chunks chunks, Response response, Callback callback) {
            RetainableByteBuffer.Mutable flour = pool.acquire(4096, false);
            try {
                for (Content.Chunk chunk : chunks.all()) {
                    grind(chunk.getByteBuffer(), flour);
                }
            } catch (IllegalArgumentException stones) {
                flour.release();
                answer(response, callback, "refused");
                return;
            } finally {
                chunks.release();
            }
            response.write(true, flour.getByteBuffer(), Callback.from(callback, flour::release));
        }

        private static void grind(ByteBuffer grain, RetainableByteBuffer.Mutable flour) {
            if (grain.hasRemaining() && grain.get(grain.position()) == 's') {
                throw new IllegalArgumentException("stones");
            }
            byte[] kernels = new byte[grain.remaining()];
            grain.get(kernels);
            for (int i = 0; i < kernels.length; i++) {
                kernels[i] = kernels[i] == ' ' ? (byte) '_' : kernels[i];
            }
            flour.append(ByteBuffer.wrap(kernels));
        }

        void close() throws Exception {
            server.stop();
            scales.close();
            store.clear();
        }
    }

    private static void answer(Response response, Callback callback, String text) {
        Content.Sink.write(response, true, text, callback);
    }

    /** Writes each chunk as it comes, and reads the next when that has been written. */
    private record Passage(Request request, Response response, Callback callback) implements Runnable {

        @Override
        public void run() {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
            } else if (Content.Chunk.isFailure(chunk)) {
                callback.failed(chunk.getFailure());
            } else {
                response.write(chunk.isLast(), chunk.getByteBuffer(), new Callback() {
                    @Override
                    public void succeeded() {
                        boolean last = chunk.isLast();
                        chunk.release();
                        if (last) {
                            callback.succeeded();
                        } else {
                            Passage.this.run();
                        }
                    }

                    @Override
                    public void failed(Throwable failure) {
                        chunk.release();
                        callback.failed(failure);
                    }
                });
            }
        }
    }

    /** What was read of one request. Whoever has it releases it. */
    private static final class Chunks {

        private final List<Content.Chunk> chunks = new ArrayList<>();

        void add(Content.Chunk chunk) {
            chunks.add(chunk);
        }

        List<Content.Chunk> all() {
            return chunks;
        }

        int size() {
            return chunks.stream().mapToInt(RetainableByteBuffer::remaining).sum();
        }

        void release() {
            for (Content.Chunk chunk : chunks) {
                chunk.release();
            }
        }
    }

    /** Reads a request to its end without copying it, and hands its chunks on. */
    private static final class Reading implements Runnable {

        private final Request request;
        private final Callback callback;
        private final Consumer<Chunks> whole;
        private final Chunks chunks = new Chunks();

        Reading(Request request, Callback callback, Consumer<Chunks> whole) {
            this.request = request;
            this.callback = callback;
            this.whole = whole;
        }

        @Override
        public void run() {
            while (true) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    request.demand(this);
                    return;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    chunks.release();
                    callback.failed(chunk.getFailure());
                    return;
                }
                chunks.add(chunk);
                if (chunk.isLast()) {
                    whole.accept(chunks);
                    return;
                }
            }
        }
    }

    /** Sacks by their names; to bring nothing is to ask for what there is. */
    private static final class Store {

        private final int room;
        private final Map<String, RetainableByteBuffer> sacks = new LinkedHashMap<>();

        Store(int room) {
            this.room = room;
        }

        void visit(String name, Chunks chunks, Response response, Callback callback) {
            if (chunks.size() == 0) {
                chunks.release();
                handOut(name, response, callback);
                return;
            }
            try {
                for (Content.Chunk chunk : chunks.all()) {
                    if (chunk.hasRemaining() && chunk.canRetain()) {
                        put(name, chunk.slice());
                    }
                }
            } finally {
                chunks.release();
            }
            answer(response, callback, "stored");
        }

        private synchronized void put(String name, RetainableByteBuffer sack) {
            RetainableByteBuffer former = sacks.remove(name);
            if (former != null) {
                former.release();
            }
            if (sacks.size() == room) {
                RetainableByteBuffer eldest =
                        sacks.remove(sacks.keySet().iterator().next());
                eldest.release();
            }
            sacks.put(name, sack);
        }

        private void handOut(String name, Response response, Callback callback) {
            RetainableByteBuffer sack = share(name);
            if (sack == null) {
                answer(response, callback, "");
            } else {
                ByteBuffer grain = sack.getByteBuffer().slice();
                response.write(true, grain, Callback.from(callback, () -> {
                    sack.release();
                }));
            }
        }

        /** The sack, retained for the caller, or null. */
        private synchronized RetainableByteBuffer share(String name) {
            RetainableByteBuffer sack = sacks.get(name);
            if (sack != null) {
                sack.retain();
            }
            return sack;
        }

        synchronized void clear() {
            for (RetainableByteBuffer sack : sacks.values()) {
                Run.attempt(() -> sack.release());
            }
            sacks.clear();
        }
    }

    /** Weighs on a thread of its own, from which it answers, and keeps the last few samples. */
    private static final class Scales {

        private final ExecutorService worker = Executors.newSingleThreadExecutor();
        private final Deque<RetainableByteBuffer> samples = new ArrayDeque<>();

        Consumer<Chunks> weighing(Response response, Callback callback) {
            return chunks -> worker.execute(() -> {
                int weight;
                try {
                    weight = chunks.size();
                    sample(chunks);
                } finally {
                    chunks.release();
                }
                answer(response, callback, String.valueOf(weight));
            });
        }

        private void sample(Chunks chunks) {
            Content.Chunk first = chunks.all().get(0);
            if (first.canRetain()) {
                first.retain();
                samples.add(first);
            }
            if (samples.size() > 5) {
                samples.remove().release();
            }
        }

        void close() throws InterruptedException {
            worker.shutdown();
            worker.awaitTermination(Run.within(), TimeUnit.MILLISECONDS);
            for (RetainableByteBuffer sample : samples) {
                Run.attempt(() -> sample.release());
            }
            samples.clear();
        }
    }

    /** The client. */
    private static final class Farmer {

        private final HttpClient client = new HttpClient();
        private final String mill;

        Farmer(int port) throws Exception {
            mill = "http://localhost:" + port;
            client.setExecutor(threads("farmer"));
            client.start();
        }

        /** Brings grain and waits for the whole answer. */
        String bring(String path, String grain) throws Exception {
            ContentResponse response = request(path, grain).send();
            return response.getContentAsString();
        }

        /** Brings grain and keeps the pieces of the answer as they come, until the last is there. */
        String bringAndWatch(String path, String grain) throws Exception {
            Basket basket = new Basket();
            CompletableFuture<String> answer = new CompletableFuture<>();
            request(path, grain)
                    .onResponseContentAsync((response, chunk, demander) -> {
                        basket.put(chunk);
                        demander.run();
                    })
                    .send(result -> {
                        String content = basket.empty();
                        if (result.isFailed()) {
                            answer.completeExceptionally(result.getFailure());
                        } else {
                            answer.complete(content);
                        }
                    });
            return answer.get(2 * Run.within(), TimeUnit.MILLISECONDS);
        }

        private org.eclipse.jetty.client.Request request(String path, String grain) {
            byte[] bytes = grain.getBytes(StandardCharsets.UTF_8);
            return client.POST(mill + path)
                    .body(new BytesRequestContent(bytes))
                    .timeout(Run.within(), TimeUnit.MILLISECONDS);
        }

        void close() throws Exception {
            client.stop();
        }
    }

    /** Pieces of an answer, each retained. */
    private static final class Basket {

        private final List<Content.Chunk> pieces = new ArrayList<>();

        synchronized void put(Content.Chunk piece) {
            if (piece.canRetain()) {
                piece.retain();
                pieces.add(piece);
            }
        }

        synchronized String empty() {
            StringBuilder content = new StringBuilder();
            for (Content.Chunk piece : pieces) {
                content.append(
                        StandardCharsets.UTF_8.decode(piece.getByteBuffer().slice()));
                piece.release();
            }
            pieces.clear();
            return content.toString();
        }
    }
}
