package dev.plimsoll.server.postgres;

import java.util.LinkedHashMap;
import java.util.Map;

/// How the server is set up: for one service on one machine that has little memory and other things to do.
///
/// Source: PostgreSQL 18 documentation, "Server Configuration".
final class Configuration {

    /// For backup, doctor, the superuser's reserve, a restart's overlap.
    private static final int FURTHER_CONNECTIONS = 12;

    private Configuration() {}

    static Map<String, String> of(Settings settings, int port) {
        Map<String, String> all = new LinkedHashMap<>();
        // reached by TCP on loopback alone: no socket in a folder that others can write to
        all.put("port", Integer.toString(port));
        all.put("listen_addresses", "127.0.0.1");
        all.put("unix_socket_directories", "");
        all.put("password_encryption", "scram-sha-256");
        // what was committed lasts
        var durable = settings.durable() ? "on" : "off";
        all.put("fsync", durable);
        all.put("synchronous_commit", durable);
        all.put("full_page_writes", durable);
        // no replicas, little memory, few processes
        all.put("wal_level", "minimal");
        all.put("max_wal_senders", "0");
        all.put("max_connections", Integer.toString(settings.connections() + FURTHER_CONNECTIONS));
        all.put("shared_buffers", "96MB");
        all.put("effective_cache_size", "512MB");
        all.put("work_mem", "8MB");
        all.put("maintenance_work_mem", "64MB");
        all.put("max_wal_size", "1GB");
        all.put("checkpoint_timeout", "15min");
        all.put("io_method", "sync");
        all.put("max_worker_processes", "2");
        all.put("autovacuum_max_workers", "2");
        // parallel queries need room in /dev/shm, of which containers have little
        all.put("max_parallel_workers_per_gather", "0");
        all.put("max_parallel_maintenance_workers", "0");
        all.put("random_page_cost", "1.1");
        all.put("huge_pages", "off");
        all.put("jit", "off");
        all.put("timezone", "UTC");
        // one line is one message, and no statement with somebody's data gets into a log
        all.put("log_line_prefix", "");
        all.put("log_timezone", "UTC");
        all.put("lc_messages", "C");
        all.put("log_statement", "none");
        all.put("log_min_error_statement", "panic");
        all.put("log_min_messages", "log");
        all.put("log_checkpoints", "off");
        all.put("logging_collector", "off");
        return all;
    }
}
