package dev.plimsoll.advisory.build;

import dev.plimsoll.advisory.Advisory;
import dev.plimsoll.advisory.AffectedPackage;
import dev.plimsoll.advisory.Exploitation;
import dev.plimsoll.advisory.Lifecycle;
import dev.plimsoll.advisory.database.AdvisoryDatabase;
import dev.plimsoll.advisory.database.AdvisoryText;
import dev.plimsoll.advisory.database.LifecycleText;
import dev.plimsoll.advisory.feed.FeedSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.sqlite.SQLiteConfig;

/// Writes the advisory file. Rows are collected in temporary tables in the order of the feeds and then copied in the
/// order of their keys, so that the
/// order in which a feed's files came leaves no trace.
final class DatabaseWriter implements AutoCloseable {

    private static final int PAGE_SIZE = 4096;
    private static final int BATCH = 2000;

    private static final String SCHEMA = """
            create temporary table raw_advisories (number integer primary key, feed text, id text, data text, packages text);
            create temporary table raw_names (name text, number integer);
            create temporary table raw_packages (ecosystem text, name text, number integer, data text);
            create table advisories (number integer primary key, id text not null, feed text not null, data text not null);
            create table names (name text not null, advisory integer not null, primary key (name, advisory)) without rowid;
            create table packages (ecosystem text not null, name text not null, advisory integer not null, part integer not null, data text not null, primary key (ecosystem, name, advisory, part)) without rowid;
            create table advisory_packages (advisory integer not null, ecosystem text not null, name text not null, primary key (advisory, ecosystem, name)) without rowid;
            create table package_digests (ecosystem text not null, name text not null, digest text not null, primary key (ecosystem, name)) without rowid;
            create table known (cve text not null, added text not null, due text not null, ransomware integer not null, primary key (cve)) without rowid;
            create table probabilities (cve text not null, score text not null, percentile text not null, day text not null, primary key (cve)) without rowid;
            create table lifecycles (product text not null, cycle text not null, end_of_life text not null, ended integer not null, extended text not null, primary key (product, cycle)) without rowid;
            create table configurations (cve text not null, json text not null, primary key (cve)) without rowid;
            create table sources (feed text not null, version integer not null, digest text not null, records integer not null, problems integer not null, primary key (feed)) without rowid;
            create table coverage (ecosystem text not null, records integer not null, primary key (ecosystem)) without rowid;
            create table metadata (key text not null, value text not null, primary key (key)) without rowid;
            """;

    private static final String SORT = """
            create temporary table ordered (new_number integer primary key, old_number integer unique);
            insert into ordered (old_number) select number from raw_advisories order by id, feed, data, packages;
            insert into advisories select o.new_number, r.id, r.feed, r.data from ordered o join raw_advisories r on r.number = o.old_number order by o.new_number;
            insert or ignore into names select n.name, o.new_number from raw_names n join ordered o on o.old_number = n.number order by 1, 2;
            insert into packages select p.ecosystem, p.name, o.new_number, row_number() over (partition by p.ecosystem, p.name, o.new_number order by p.data), p.data from raw_packages p join ordered o on o.old_number = p.number order by 1, 2, 3, 4;
            insert or ignore into advisory_packages select advisory, ecosystem, name from packages order by 1, 2, 3;
            insert into coverage select ecosystem, count(*) from packages group by ecosystem order by ecosystem;
            """;

    private final Connection connection;
    private final PreparedStatement advisories;
    private final PreparedStatement names;
    private final PreparedStatement packages;
    private final PreparedStatement known;
    private final PreparedStatement probabilities;
    private final PreparedStatement lifecycles;
    private final PreparedStatement configurations;
    private long number;
    private int waiting;

    DatabaseWriter(Path file) throws SQLException {
        connection = configuration().createConnection("jdbc:sqlite:" + file);
        try (var statement = connection.createStatement()) {
            for (var create : SCHEMA.split(";\\s*", -1)) {
                if (!create.isBlank()) {
                    statement.execute(create);
                }
            }
        }
        connection.setAutoCommit(false);
        advisories = connection.prepareStatement("insert into raw_advisories values (?, ?, ?, ?, ?)");
        names = connection.prepareStatement("insert into raw_names values (?, ?)");
        packages = connection.prepareStatement("insert into raw_packages values (?, ?, ?, ?)");
        known = connection.prepareStatement(
                "insert into known values (?, ?, ?, ?) on conflict (cve) do update set added = excluded.added,"
                        + " due = excluded.due, ransomware = excluded.ransomware"
                        + " where (excluded.added, excluded.due, excluded.ransomware) > (known.added, known.due, known.ransomware)");
        probabilities = connection.prepareStatement(
                "insert into probabilities values (?, ?, ?, ?) on conflict (cve) do update set score = excluded.score,"
                        + " percentile = excluded.percentile, day = excluded.day"
                        + " where (excluded.day, excluded.score) > (probabilities.day, probabilities.score)");
        lifecycles = connection.prepareStatement(
                "insert into lifecycles values (?, ?, ?, ?, ?) on conflict (product, cycle) do update set"
                        + " end_of_life = excluded.end_of_life, ended = excluded.ended, extended = excluded.extended"
                        + " where (excluded.end_of_life, excluded.ended, excluded.extended)"
                        + " > (lifecycles.end_of_life, lifecycles.ended, lifecycles.extended)");
        configurations = connection.prepareStatement(
                "insert into configurations values (?, ?) on conflict (cve) do update set json = excluded.json"
                        + " where excluded.json > configurations.json");
    }

    private static SQLiteConfig configuration() {
        var config = new SQLiteConfig();
        config.setPageSize(PAGE_SIZE);
        config.setJournalMode(SQLiteConfig.JournalMode.OFF);
        config.setSynchronous(SQLiteConfig.SynchronousMode.OFF);
        config.setTempStore(SQLiteConfig.TempStore.FILE);
        return config;
    }

    /// A sink for one feed.
    CountingSink sink(String feed) {
        return new CountingSink(feed);
    }

    void source(String feed, int version, String digest, long records, long problems) throws SQLException {
        flush();
        insert("insert into sources values (?, ?, ?, ?, ?)", feed, (long) version, digest, records, problems);
    }

    /// Adds what the finished file says of itself.
    static void addMetadata(Path file, String key, String value) {
        try (var connection = configuration().createConnection("jdbc:sqlite:" + file);
                var statement = connection.prepareStatement("insert into metadata values (?, ?)")) {
            set(statement, key, value);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    /// Brings everything into its order and writes down what it is.
    ///
    /// @return the digest of all records
    String finish(Instant builtAt) throws SQLException {
        flush();
        try (var statement = connection.createStatement()) {
            for (var sort : SORT.split(";\\s*", -1)) {
                if (!sort.isBlank()) {
                    statement.execute(sort);
                }
            }
        }
        var digest = digests();
        insert("insert into metadata values (?, ?)", "format", AdvisoryDatabase.FORMAT);
        insert("insert into metadata values (?, ?)", "built", builtAt.toString());
        insert("insert into metadata values (?, ?)", "digest", digest);
        connection.commit();
        connection.setAutoCommit(true);
        try (var statement = connection.createStatement()) {
            statement.execute("vacuum");
        }
        return digest;
    }

    /// A digest for each package, so that two builds can be compared, and one over everything that a verdict can
    /// depend on.
    private String digests() throws SQLException {
        var whole = sha256();
        try (var select = connection.createStatement();
                var rows = select.executeQuery(
                        "select p.ecosystem, p.name, a.id, a.feed, a.data, p.data from packages p"
                                + " join advisories a on a.number = p.advisory order by p.ecosystem, p.name, p.advisory, p.part");
                var insert = connection.prepareStatement("insert into package_digests values (?, ?, ?)")) {
            String ecosystem = null;
            String name = null;
            var one = sha256();
            while (rows.next()) {
                var nextEcosystem = rows.getString(1);
                var nextName = rows.getString(2);
                if (!nextEcosystem.equals(ecosystem) || !nextName.equals(name)) {
                    if (ecosystem != null && name != null) {
                        digest(insert, ecosystem, name, one, whole);
                    }
                    ecosystem = nextEcosystem;
                    name = nextName;
                }
                for (int column = 3; column <= 6; column++) {
                    update(one, rows.getString(column));
                }
            }
            if (ecosystem != null && name != null) {
                digest(insert, ecosystem, name, one, whole);
            }
            insert.executeBatch();
        }
        for (var query : List.of(
                "select cve || ' ' || added || ' ' || due || ' ' || ransomware from known order by cve",
                "select cve || ' ' || score || ' ' || percentile || ' ' || day from probabilities order by cve",
                "select product || ' ' || cycle || ' ' || end_of_life || ' ' || ended || ' ' || extended from lifecycles order by product, cycle",
                "select cve || ' ' || json from configurations order by cve")) {
            try (var select = connection.createStatement();
                    var rows = select.executeQuery(query)) {
                while (rows.next()) {
                    update(whole, rows.getString(1));
                }
            }
        }
        return "sha256:" + HexFormat.of().formatHex(whole.digest());
    }

    private static void digest(
            PreparedStatement insert, String ecosystem, String name, MessageDigest one, MessageDigest whole)
            throws SQLException {
        var digest = HexFormat.of().formatHex(one.digest());
        update(whole, ecosystem);
        update(whole, name);
        update(whole, digest);
        insert.setString(1, ecosystem);
        insert.setString(2, name);
        insert.setString(3, digest);
        insert.addBatch();
    }

    private static void update(MessageDigest sum, String text) {
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        sum.update((byte) 0);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private void insert(String sql, Object... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            set(statement, values);
            statement.executeUpdate();
        }
    }

    private static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private void add(PreparedStatement statement, Object... values) {
        try {
            set(statement, values);
            statement.addBatch();
            if (++waiting >= BATCH) {
                flush();
            }
        } catch (SQLException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private void flush() throws SQLException {
        for (var statement : List.of(advisories, names, packages, known, probabilities, lifecycles, configurations)) {
            statement.executeBatch();
        }
        waiting = 0;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /// Hands rows on, and counts.
    final class CountingSink implements FeedSink {

        /// Kept in words; more are only counted.
        static final int KEPT_PROBLEMS = 20;

        private final String feed;
        private final List<String> problems = new ArrayList<>();
        private long records;
        private long problemCount;

        CountingSink(String feed) {
            this.feed = feed;
        }

        long records() {
            return records;
        }

        long problemCount() {
            return problemCount;
        }

        List<String> problems() {
            return List.copyOf(problems);
        }

        @Override
        public void advisory(Advisory advisory, List<AffectedPackage> affected) {
            records++;
            number++;
            var parts = new ArrayList<String>();
            for (var item : affected) {
                var data = AdvisoryText.of(item);
                add(packages, item.ecosystem().toString(), item.name(), number, data);
                parts.add(item.ecosystem() + " " + item.name() + " " + data);
            }
            parts.sort(null);
            add(advisories, number, feed, advisory.id(), AdvisoryText.of(advisory), shortened(parts));
            var ids = new TreeSet<>(advisory.aliases());
            ids.add(advisory.id());
            ids.forEach(id -> add(names, id, number));
        }

        /// Enough to order advisories of the same id and text by what they are about.
        private static String shortened(List<String> parts) {
            var sum = sha256();
            parts.forEach(part -> update(sum, part));
            return HexFormat.of().formatHex(sum.digest());
        }

        @Override
        public void known(String cve, Exploitation.Known entry) {
            records++;
            add(
                    known,
                    cve,
                    entry.added().toString(),
                    entry.due().map(Object::toString).orElse(""),
                    entry.ransomware() ? 1L : 0L);
        }

        @Override
        public void probability(String cve, Exploitation.Probability entry) {
            records++;
            add(
                    probabilities,
                    cve,
                    entry.score().toPlainString(),
                    entry.percentile().toPlainString(),
                    entry.day().map(Object::toString).orElse(""));
        }

        @Override
        public void lifecycle(Lifecycle lifecycle) {
            records++;
            add(
                    lifecycles,
                    lifecycle.product(),
                    lifecycle.cycle(),
                    lifecycle.endOfLife().map(Object::toString).orElse(""),
                    lifecycle.ended() ? 1L : 0L,
                    LifecycleText.of(lifecycle.extension()));
        }

        @Override
        public void configurations(String cve, String json) {
            records++;
            add(configurations, cve, json);
        }

        @Override
        public void problem(String path, String place, String reason) {
            problemCount++;
            if (problems.size() < KEPT_PROBLEMS) {
                problems.add(String.format(Locale.ROOT, "%s%s: %s", path, place.isEmpty() ? "" : ", " + place, reason));
            }
        }
    }
}
