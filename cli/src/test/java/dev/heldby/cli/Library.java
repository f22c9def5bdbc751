// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import java.util.List;

/** A library, one of its classes that is to be counted, and a short program that uses it. */
enum Library {
    ARROW("org/apache/arrow/memory/ArrowBuf", "close", List.of("arrow-"), "", """
            org.apache.arrow.vector.util.Text text = new org.apache.arrow.vector.util.Text("arrow");
            System.out.println(text.getLength() + " " + text + " " + text.charAt(2));
            """),
    CAFFEINE(
            "com/github/benmanes/caffeine/cache/BoundedLocalCache",
            "cleanUp",
            List.of("caffeine-"),
            "import com.github.benmanes.caffeine.cache.*;",
            """
            Cache<Integer, String> cache = Caffeine.newBuilder().executor(Runnable::run).maximumSize(10).build();
            for (int i = 0; i < 100; i++) { cache.put(i, "v" + i); }
            cache.cleanUp();
            System.out.println(cache.estimatedSize() + " " + cache.get(1000, key -> "made " + key));
            """),
    COMMONS_IO(
            "org/apache/commons/io/input/ProxyInputStream",
            "close",
            List.of("commons-io-"),
            "import java.io.*; import org.apache.commons.io.*; import org.apache.commons.io.input.*;",
            """
            byte[] bytes = "one\\ntwo\\nthree\\n".getBytes();
            System.out.println(IOUtils.readLines(new ByteArrayInputStream(bytes), "UTF-8"));
            try (CountingInputStream in = new CountingInputStream(new ByteArrayInputStream(bytes))) {
                System.out.println(IOUtils.toString(in, "UTF-8").length() + " " + in.getByteCount());
            }
            ByteArrayOutputStream copy = new ByteArrayOutputStream();
            try (TeeInputStream in = new TeeInputStream(new ByteArrayInputStream(bytes), copy)) {
                IOUtils.consume(in);
            }
            System.out.println(copy.size() + " " + FilenameUtils.getExtension("a/b.tar.gz"));
            """),
    GRPC(
            "io/grpc/internal/CompositeReadableBuffer",
            "close",
            List.of("grpc-", "guava-", "failureaccess-"),
            "import io.grpc.internal.*;",
            """
            CompositeReadableBuffer all = new CompositeReadableBuffer();
            all.addBuffer(ReadableBuffers.wrap(new byte[] {1, 2, 3}));
            all.addBuffer(ReadableBuffers.wrap(new byte[] {4, 5}));
            System.out.println(all.readableBytes() + " " + all.readUnsignedByte() + " " + all.readBytes(3).readableBytes());
            System.out.println(all.readableBytes());
            """),
    GUAVA(
            "com/google/common/io/Closer",
            "close",
            List.of("guava-", "failureaccess-"),
            "import com.google.common.collect.*;",
            """
            Multimap<String, Integer> map = ArrayListMultimap.create();
            for (int i = 0; i < 10; i++) { map.put(i % 2 == 0 ? "even" : "odd", i); }
            System.out.println(new java.util.TreeMap<>(map.asMap()));
            System.out.println(com.google.common.base.Splitter.on(',').splitToList("a,b,c"));
            System.out.println(ImmutableSortedMap.of("b", 1, "a", 2));
            """),
    H2("org/h2/engine/SessionLocal", "close", List.of("h2-"), "import java.sql.*;", """
            try (Connection connection = new org.h2.Driver().connect("jdbc:h2:mem:a", new java.util.Properties());
                    Statement statement = connection.createStatement()) {
                statement.execute("create table t(id int primary key, name varchar)");
                for (int i = 0; i < 50; i++) { statement.execute("insert into t values(" + i + ", 'n" + i % 7 + "')"); }
                ResultSet rows = statement.executeQuery("select name, sum(id), count(*) from t group by name order by name");
                while (rows.next()) { System.out.println(rows.getString(1) + " " + rows.getInt(2) + " " + rows.getInt(3)); }
            }
            """),
    JACKSON(
            "com/fasterxml/jackson/databind/util/TokenBuffer",
            "close",
            List.of("jackson-"),
            "import com.fasterxml.jackson.databind.*;",
            """
            ObjectMapper mapper = new ObjectMapper();
            JsonNode tree = mapper.readTree("{\\"a\\": [1, 2, {\\"b\\": null}], \\"c\\": 1.5}");
            System.out.println(tree.at("/a/1") + " " + mapper.writeValueAsString(tree));
            System.out.println(mapper.convertValue(tree, java.util.Map.class));
            """),
    JETTY(
            "org/eclipse/jetty/util/component/AbstractLifeCycle",
            "doStop",
            List.of("jetty-", "slf4j-"),
            "import org.eclipse.jetty.util.*;",
            """
            org.eclipse.jetty.http.HttpURI uri = org.eclipse.jetty.http.HttpURI.from("http://host:8080/a/b;c?d=e");
            System.out.println(uri.getPort() + " " + uri.getDecodedPath() + " " + uri.getQuery());
            java.util.concurrent.CountDownLatch done = new java.util.concurrent.CountDownLatch(1);
            var pool = new org.eclipse.jetty.util.thread.QueuedThreadPool();
            pool.start();
            pool.execute(done::countDown);
            done.await();
            pool.stop();
            System.out.println(pool.getState());
            """),
    LUCENE("org/apache/lucene/index/IndexReader", "close", List.of("lucene-"), """
            import org.apache.lucene.document.*;
            import org.apache.lucene.index.*;
            import org.apache.lucene.search.*;
            import org.apache.lucene.store.*;
            """, """
            try (Directory directory = new ByteBuffersDirectory()) {
                try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
                    for (int i = 0; i < 100; i++) {
                        Document document = new Document();
                        document.add(new StringField("n", "n" + i % 10, Field.Store.YES));
                        writer.addDocument(document);
                    }
                }
                try (DirectoryReader reader = DirectoryReader.open(directory)) {
                    TopDocs found = new IndexSearcher(reader).search(new TermQuery(new Term("n", "n3")), 5);
                    System.out.println(found.totalHits + " " + found.scoreDocs.length + " " + found.scoreDocs[1].doc);
                }
            }
            """),
    NETTY("io/netty/buffer/ByteBufInputStream", "close", List.of("netty-"), "import io.netty.buffer.*;", """
            ByteBuf buffer = UnpooledByteBufAllocator.DEFAULT.buffer();
            buffer.writeInt(42).writeLong(7);
            System.out.println(ByteBufUtil.hexDump(buffer) + " " + buffer.readInt());
            System.out.println(new ByteBufInputStream(buffer).readLong() + " " + buffer.release() + " " + buffer.refCnt());
            """),
    REACTOR(
            "reactor/core/publisher/BaseSubscriber",
            "dispose",
            List.of("reactor-", "reactive-"),
            "import reactor.core.publisher.*;",
            """
            System.out.println(Flux.range(1, 100).filter(i -> i % 3 == 0).map(i -> i * 2).buffer(10).collectList().block());
            System.out.println(Flux.just("a", "b").zipWith(Flux.range(1, 2)).concatWith(Mono.empty()).blockLast());
            """);

    private final String counted;
    private final String destructor;
    private final List<String> jars;
    private final String imports;
    private final String body;

    Library(String counted, String destructor, List<String> jars, String imports, String body) {
        this.counted = counted;
        this.destructor = destructor;
        this.jars = jars;
        this.imports = imports;
        this.body = body;
    }

    /** The internal name of the class. */
    String counted() {
        return counted;
    }

    /** A method that does no harm to an object that nobody uses any more. */
    String destructor() {
        return destructor;
    }

    boolean has(String jar) {
        return jars.stream().anyMatch(jar::startsWith);
    }

    String workload() {
        return imports + "\npublic class Workload {\n    public static void main(String[] args) throws Exception {\n"
                + body + "    }\n}\n";
    }
}
