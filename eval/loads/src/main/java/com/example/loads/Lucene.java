// SPDX-License-Identifier: Apache-2.0
package com.example.loads;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.store.NIOFSDirectory;

/** A catalogue of goods that is searched while it changes, and a diary of the changes that is read by its owner. */
public final class Lucene implements Run.Program {

    private final Path folder;
    private final Catalogue catalogue;
    private final Diary diary;

    private Lucene() throws IOException {
        folder = Files.createTempDirectory("catalogue");
        catalogue = new Catalogue(folder.resolve("goods"));
        diary = new Diary(folder.resolve("diary"));
    }

    public static void main(String[] args) {
        System.exit(Run.main(args, 1_000, Lucene::new));
    }

    @Override
    public void operate(int number, Random random) throws Exception {
        String id = "g" + random.nextInt(500);
        String word = word(random);
        switch (random.nextInt(13)) {
            case 0, 1 -> catalogue.put(id, word + ' ' + word(random), random.nextInt(100));
            case 2 -> expect(catalogue.search(word) >= 0);
            case 3 -> expect(catalogue.startingWith(word.substring(0, 2)) >= 0);
            case 4 -> expect(catalogue.total() >= 0);
            case 5 -> catalogue.refresh();
            case 6 -> expect(catalogue.searchElsewhere(word).get(Run.within(), TimeUnit.MILLISECONDS) >= 0);
            case 7 -> expect(catalogue.page("s" + random.nextInt(12), word) >= 0);
            case 8 -> refuse(word);
            case 9 -> diary.write(number, word);
            case 10 -> expect(diary.entries() >= 0);
            case 11 -> diary.turn();
            default -> expect(random.nextInt(4) > 0 || diary.copy() > 0);
        }
    }

    /** Asks for a field that has no values. */
    private void refuse(String word) throws IOException {
        try {
            catalogue.most(word);
            throw new IllegalStateException("'" + word + "' was sorted by");
        } catch (IllegalArgumentException refused) {
            expect(refused.getMessage().contains(word));
        }
    }

    private static String word(Random random) {
        return "w" + (char) ('a' + random.nextInt(5)) + random.nextInt(30);
    }

    private static void expect(boolean right) {
        if (!right) {
            throw new IllegalStateException("not what was written");
        }
    }

    @Override
    public void close() throws Exception {
        Run.attempt(diary::close);
        Run.attempt(catalogue::close);
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }

    /** Goods, searched through a manager that hands out what was refreshed last. */
    private static final class Catalogue {

        private final Directory directory;
        private final IndexWriter writer;
        private final SearcherManager manager;
        private final Pages pages = new Pages(8);
        private final ExecutorService worker = Executors.newSingleThreadExecutor();

        Catalogue(Path folder) throws IOException {
            directory = new MMapDirectory(folder);
            writer = new IndexWriter(directory, new IndexWriterConfig(new StandardAnalyzer()));
            manager = new SearcherManager(writer, null);
        }

        void put(String id, String text, long price) throws IOException {
            Document good = new Document();
            good.add(new StringField("id", id, Field.Store.YES));
            good.add(new TextField("text", text, Field.Store.YES));
            good.add(new NumericDocValuesField("price", price));
            writer.updateDocument(new Term("id", id), good);
        }

        int search(String word) throws IOException {
            IndexSearcher searcher = manager.acquire();
            try {
                return firstPage(searcher, new TermQuery(new Term("text", word)));
            } finally {
                manager.release(searcher);
            }
        }

        int startingWith(String prefix) throws IOException {
            IndexSearcher searcher = manager.acquire();
            int found = searcher.count(new PrefixQuery(new Term("text", prefix)));
            manager.release(searcher);
            return found;
        }

        /** The sum of all prices, read from the segments. */
        long total() throws IOException {
            IndexSearcher searcher = manager.acquire();
            IndexReader reader = searcher.getIndexReader();
            reader.incRef();
            manager.release(searcher);
            try {
                long total = 0;
                for (LeafReaderContext leaf : reader.leaves()) {
                    NumericDocValues prices = leaf.reader().getNumericDocValues("price");
                    while (prices != null && prices.nextDoc() != NumericDocValues.NO_MORE_DOCS) {
                        total += prices.longValue();
                    }
                }
                return total;
            } finally {
                reader.decRef();
            }
        }

        /** The greatest value of a field. */
        long most(String field) throws IOException {
            IndexSearcher searcher = manager.acquire();
            try {
                return most(searcher.getIndexReader(), field);
            } catch (IllegalArgumentException unknown) {
                manager.release(searcher);
                searcher = null;
                throw unknown;
            } finally {
                if (searcher != null) {
                    manager.release(searcher);
                }
            }
        }

        private static long most(IndexReader reader, String field) throws IOException {
            long most = Long.MIN_VALUE;
            for (LeafReaderContext leaf : reader.leaves()) {
                NumericDocValues values = leaf.reader().getNumericDocValues(field);
                while (values != null && values.nextDoc() != NumericDocValues.NO_MORE_DOCS) {
                    most = Math.max(most, values.longValue());
                }
            }
            if (most == Long.MIN_VALUE) {
                throw new IllegalArgumentException("no values of '" + field + "'");
            }
            return most;
        }

        /** Hands the reader to another thread, which gives it back. */
        Future<Integer> searchElsewhere(String word) throws IOException {
            IndexSearcher searcher = manager.acquire();
            return worker.submit(() -> {
                try {
                    return firstPage(searcher, new TermQuery(new Term("text", word)));
                } finally {
                    manager.release(searcher);
                }
            });
        }

        /** The next page of a session, all of whose pages are read from the same state of the catalogue. */
        int page(String session, String word) throws IOException {
            Pages.Session open = pages.get(session);
            if (open == null) {
                IndexSearcher searcher = manager.acquire();
                try {
                    open = pages.begin(session, searcher.getIndexReader());
                } finally {
                    manager.release(searcher);
                }
            }
            int found = firstPage(new IndexSearcher(open.reader), new TermQuery(new Term("text", word)));
            if (++open.turned == 3) {
                pages.end(session);
            }
            return found;
        }

        private static int firstPage(IndexSearcher searcher, Query query) throws IOException {
            TopDocs found = searcher.search(query, 10);
            for (int i = 0; i < found.scoreDocs.length; i++) {
                searcher.storedFields().document(found.scoreDocs[i].doc);
            }
            return found.scoreDocs.length;
        }

        void refresh() throws IOException {
            manager.maybeRefresh();
        }

        void close() throws Exception {
            worker.shutdown();
            worker.awaitTermination(Run.within(), TimeUnit.MILLISECONDS);
            pages.clear();
            Run.attempt(() -> manager.close());
            Run.attempt(() -> writer.close());
            Run.attempt(() -> directory.close());
        }
    }

    /** Sessions that are open, each with a reference to its reader. */
    private static final class Pages {

        private static final class Session {

            private final IndexReader reader;
            private int turned;

            Session(IndexReader reader) {
                this.reader = reader;
            }
        }

        private final int capacity;
        private final Map<String, Session> open = new LinkedHashMap<>();

        Pages(int capacity) {
            this.capacity = capacity;
        }

        Session get(String name) {
            return open.get(name);
        }

        Session begin(String name, IndexReader reader) throws IOException {
            if (open.size() == capacity) {
                expireEldest();
            }
            reader.incRef();
            Session session = new Session(reader);
            open.put(name, session);
            return session;
        }

        private void expireEldest() throws IOException {
            String eldest = open.keySet().iterator().next();
            Session session = open.remove(eldest);
            session.reader.decRef();
        }

        void end(String name) throws IOException {
            Session session = open.remove(name);
            session.reader.decRef();
        }

        void clear() {
            for (Session session : open.values()) {
                Run.attempt(() -> session.reader.decRef());
            }
            open.clear();
        }
    }

    /** What changed, read through a reader of its own that is exchanged by hand. */
    private static final class Diary {

        private final Directory directory;
        private final IndexWriter writer;
        private DirectoryReader current;
        private int sinceCommit;

        Diary(Path folder) throws IOException {
            directory = new NIOFSDirectory(folder);
            writer = new IndexWriter(directory, new IndexWriterConfig(new StandardAnalyzer()));
            writer.commit();
            current = DirectoryReader.open(writer);
        }

        void write(int number, String word) throws IOException {
            Document entry = new Document();
            entry.add(new StringField("number", String.valueOf(number), Field.Store.YES));
            entry.add(new TextField("text", word, Field.Store.YES));
            writer.addDocument(entry);
            if (++sinceCommit == 50) {
                writer.commit();
                sinceCommit = 0;
            }
        }

        /** Exchanges the reader when there is something new. */
        void turn() throws IOException {
            DirectoryReader next = DirectoryReader.openIfChanged(current);
            if (next != null) {
                DirectoryReader former = current;
                current = next;
                former.close();
            }
        }

        /** How many entries were committed, as another process would read them. */
        int entries() throws IOException {
            DirectoryReader reader = DirectoryReader.open(directory);
            try {
                return reader.numDocs();
            } finally {
                reader.close();
            }
        }

        /** Copies the newest commit's table of contents and returns its size. */
        long copy() throws IOException {
            String name = SegmentInfos.getLastCommitSegmentsFileName(directory);
            IndexInput in = directory.openInput(name, IOContext.READONCE);
            try {
                IndexOutput out = directory.createTempOutput("copy", "diary", IOContext.DEFAULT);
                try {
                    out.copyBytes(in, in.length());
                } finally {
                    out.close();
                }
                directory.deleteFile(out.getName());
                return in.length();
            } finally {
                in.close();
            }
        }

        void close() {
            Run.attempt(() -> current.close());
            Run.attempt(() -> writer.close());
            Run.attempt(() -> directory.close());
        }
    }
}
