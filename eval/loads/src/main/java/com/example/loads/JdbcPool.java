// SPDX-License-Identifier: Apache-2.0
package com.example.loads;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A bank on a database in memory, all of whose clerks share a pool of connections. */
public final class JdbcPool implements Run.Program {

    private static final String URL = "jdbc:h2:mem:bank;DB_CLOSE_DELAY=-1";
    private static final int ACCOUNTS = 100;

    private final Pool pool = new Pool();
    private final Counter counter = new Counter(pool);
    private final Archive archive = new Archive(pool);
    private final Listings listings = new Listings(pool, 4);
    private final Audit audit = new Audit(pool);
    private final Inspector inspector = new Inspector();

    private JdbcPool() throws SQLException {
        try (Connection connection = pool.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table account (id int primary key, balance bigint not null)");
            statement.execute("create table entry (id int auto_increment primary key, account int, amount bigint)");
            statement.execute("create index entries on entry (account)");
            statement.execute("insert into account select x, 1000 from system_range(0, " + (ACCOUNTS - 1) + ")");
        }
    }

    public static void main(String[] args) {
        System.exit(Run.main(args, 10_000, JdbcPool::new));
    }

    @Override
    public void operate(int number, Random random) throws Exception {
        int account = random.nextInt(ACCOUNTS);
        int other = (account + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
        try {
            switch (random.nextInt(10)) {
                case 0, 1 -> counter.deposit(account, random.nextInt(100));
                case 2 -> expect(counter.balance(account) >= 0);
                case 3 -> counter.transfer(account, other, random.nextInt(2_000));
                case 4 -> counter.entries(account, random.nextInt(5));
                case 5 -> expect(archive.sum(account).get(Run.within(), TimeUnit.MILLISECONDS) >= 0);
                case 6 -> listings.next("clerk " + random.nextInt(6), account);
                case 7 -> audit.check(account);
                case 8 -> expect(counter.columns() > 0);
                default -> expect(random.nextInt(10) > 0 || inspector.accounts() == ACCOUNTS);
            }
        } catch (SQLTransientConnectionException exhausted) {
            listings.clear();
            audit.renew();
            pool.renew();
            throw exhausted;
        }
    }

    private static void expect(boolean right) {
        if (!right) {
            throw new IllegalStateException("not what was written");
        }
    }

    @Override
    public void close() {
        Run.attempt(archive::close);
        Run.attempt(listings::clear);
        Run.attempt(audit::renew);
        Run.attempt(pool::close);
    }

    /** The pool, which is opened anew when all its connections are taken for too long. */
    private static final class Pool {

        private HikariDataSource source = open();

        private static HikariDataSource open() {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(URL);
            config.setMaximumPoolSize(12);
            config.setConnectionTimeout(250);
            return new HikariDataSource(config);
        }

        Connection connection() throws SQLException {
            return source.getConnection();
        }

        void renew() {
            HikariDataSource former = source;
            source = open();
            former.close();
        }

        void close() {
            source.close();
        }
    }

    /** What is done at the counter, each time on a connection of its own. */
    private static final class Counter {

        private final Pool pool;

        Counter(Pool pool) {
            this.pool = pool;
        }

        void deposit(int account, long amount) throws SQLException {
            Connection connection = pool.connection();
            try {
                add(connection, account, amount);
                PreparedStatement entry =
                        connection.prepareStatement("insert into entry (account, amount) values (?, ?)");
                try {
                    entry.setInt(1, account);
                    entry.setLong(2, amount);
                    entry.executeUpdate();
                } finally {
                    entry.close();
                }
            } finally {
                connection.close();
            }
        }

        private static void add(Connection connection, int account, long amount) throws SQLException {
            PreparedStatement update =
                    connection.prepareStatement("update account set balance = balance + ? where id = ?");
            update.setLong(1, amount);
            update.setInt(2, account);
            update.executeUpdate();
            update.close();
        }

        long balance(int account) throws SQLException {
            try (Connection connection = pool.connection()) {
                return balance(connection, account);
            }
        }

        private static long balance(Connection connection, int account) throws SQLException {
            PreparedStatement query = connection.prepareStatement("select balance from account where id = ?");
            try {
                query.setInt(1, account);
                ResultSet found = query.executeQuery();
                found.next();
                long balance = found.getLong(1);
                found.close();
                return balance;
            } finally {
                query.close();
            }
        }

        /** Moves money, or leaves all as it was when there is not enough. */
        void transfer(int from, int to, long amount) throws SQLException {
            Connection connection = pool.connection();
            connection.setAutoCommit(false);
            try {
                add(connection, from, -amount);
                add(connection, to, amount);
                if (balance(connection, from) < 0) {
                    throw new IllegalArgumentException("not enough in " + from);
                }
                connection.commit();
            } catch (IllegalArgumentException refused) {
                connection.rollback();
            } finally {
                connection.setAutoCommit(true);
                connection.close();
            }
        }

        void entries(int account, int count) throws SQLException {
            try (Connection connection = pool.connection();
                    PreparedStatement insert =
                            connection.prepareStatement("insert into entry (account, amount) values (?, ?)")) {
                for (int i = 0; i <= count; i++) {
                    insert.setInt(1, account);
                    insert.setLong(2, i);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        }

        int columns() throws SQLException {
            Connection connection = pool.connection();
            ResultSet columns = connection.getMetaData().getColumns(null, "PUBLIC", "ENTRY", null);
            try {
                int count = 0;
                while (columns.next()) {
                    count++;
                }
                return count;
            } finally {
                columns.close();
                connection.close();
            }
        }
    }

    /** Adds entries up on a thread of its own, which is handed a connection that is open already. */
    private static final class Archive {

        private final Pool pool;
        private final ExecutorService worker = Executors.newSingleThreadExecutor();

        Archive(Pool pool) {
            this.pool = pool;
        }

        Future<Long> sum(int account) throws SQLException {
            Connection connection = pool.connection();
            return worker.submit(() -> {
                try {
                    return sum(connection, account);
                } finally {
                    connection.close();
                }
            });
        }

        private static long sum(Connection connection, int account) throws SQLException {
            Statement statement = connection.createStatement();
            ResultSet amounts = statement.executeQuery(
                    "select amount from entry where account = " + account + " order by id desc limit 50");
            long sum = 0;
            while (amounts.next()) {
                sum += amounts.getLong(1);
            }
            amounts.close();
            statement.close();
            return sum;
        }

        void close() throws InterruptedException {
            worker.shutdown();
            worker.awaitTermination(Run.within(), TimeUnit.MILLISECONDS);
        }
    }

    /** Listings that clerks read line by line; each keeps its connection until it has been read. */
    private static final class Listings {

        private record Listing(Connection connection, Statement statement, ResultSet rows) {}

        private final Pool pool;
        private final int capacity;
        private final Map<String, Listing> open = new LinkedHashMap<>();

        Listings(Pool pool, int capacity) {
            this.pool = pool;
            this.capacity = capacity;
        }

        void next(String clerk, int account) throws SQLException {
            Listing listing = open.get(clerk);
            if (listing == null) {
                listing = begin(clerk, account);
            }
            if (!listing.rows.next()) {
                end(clerk);
            }
        }

        private Listing begin(String clerk, int account) throws SQLException {
            if (open.size() == capacity) {
                end(open.keySet().iterator().next());
            }
            Connection connection = pool.connection();
            Statement statement = connection.createStatement();
            ResultSet rows = statement.executeQuery("select id from account where id >= " + account + " limit 3");
            Listing listing = new Listing(connection, statement, rows);
            open.put(clerk, listing);
            return listing;
        }

        private void end(String clerk) throws SQLException {
            Listing listing = open.remove(clerk);
            listing.rows.close();
            listing.statement.close();
            listing.connection.close();
        }

        void clear() {
            for (Listing listing : open.values()) {
                Run.attempt(() -> listing.rows.close());
                Run.attempt(() -> listing.statement.close());
                Run.attempt(() -> listing.connection.close());
            }
            open.clear();
        }
    }

    /** Checks accounts with one prepared statement, which it keeps for a while. */
    private static final class Audit {

        private final Pool pool;
        private Connection connection;
        private PreparedStatement query;
        private int checks;

        Audit(Pool pool) {
            this.pool = pool;
        }

        void check(int account) throws SQLException {
            if (checks == 20) {
                renew();
            }
            if (query == null) {
                connection = pool.connection();
                query = connection.prepareStatement("select balance from account where id = ?");
            }
            checks++;
            query.setInt(1, account);
            ResultSet found = query.executeQuery();
            try {
                expect(found.next());
            } finally {
                found.close();
            }
        }

        void renew() throws SQLException {
            if (query != null) {
                query.close();
                query = null;
                connection.close();
                connection = null;
                checks = 0;
            }
        }
    }

    /** Comes from outside and so has no connection of the pool's. */
    private static final class Inspector {

        int accounts() throws SQLException {
            Connection connection = DriverManager.getConnection(URL);
            try {
                return accounts(connection);
            } finally {
                connection.close();
            }
        }

        private static int accounts(Connection connection) throws SQLException {
            Statement statement = connection.createStatement();
            try (ResultSet count = statement.executeQuery("select count(*) from account")) {
                count.next();
                return count.getInt(1);
            } finally {
                statement.close();
            }
        }
    }
}
