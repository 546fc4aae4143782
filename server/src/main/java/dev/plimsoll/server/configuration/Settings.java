package dev.plimsoll.server.configuration;

import java.util.List;

/// The list of settings. Adding one is a line here, its use, and its place in {@link #ALL}.
public final class Settings {

    public static final Setting DATA_FOLDER = Setting.of(
            "data-folder",
            "FOLDER",
            "",
            "Where everything lies: database, objects, the key for secrets. Default: the user's folder for data.");
    public static final Setting HOST = Setting.of("host", "ADDRESS", "127.0.0.1", "The address to listen at.");
    public static final Setting PORT =
            Setting.of("port", "NUMBER", "8228", "The port to listen at; 0 takes a free one.");
    public static final Setting PUBLIC_URL =
            Setting.of("public-url", "URL", "", "How people reach the service; for links in messages.");
    public static final Setting TLS_CERTIFICATE = Setting.of(
            "tls-certificate", "FILE", "", "The certificate with its chain, PEM; with it the service speaks HTTPS.");
    public static final Setting TLS_KEY = Setting.of("tls-key", "FILE", "", "The certificate's private key, PEM.");
    public static final Setting MAX_REQUESTS =
            Setting.of("max-requests", "NUMBER", "200", "Requests at a time; more of them are told to come later.");
    public static final Setting DATABASE_URL = Setting.of(
            "database-url",
            "URL",
            "",
            "A PostgreSQL 15 or newer: postgresql://user@host:5432/name. Default: one of its own in the data folder.");
    public static final Setting DATABASE_PASSWORD =
            Setting.secret("database-password", "The password for the database, where its URL does not have it.");
    public static final Setting DATABASE_CONNECTIONS =
            Setting.of("database-connections", "NUMBER", "16", "Connections to the database, at most.");
    public static final Setting POSTGRES_USER = Setting.of(
            "postgres-user",
            "NAME",
            "",
            "The user as whom the embedded PostgreSQL runs where the service runs as root, which PostgreSQL refuses.");
    public static final Setting OBJECTS = Setting.of(
            "objects", "PLACE", "", "Where objects lie: a folder, or s3://bucket/prefix. Default: in the data folder.");
    public static final Setting S3_ENDPOINT = Setting.of(
            "s3-endpoint", "URL", "", "The address of an S3 that is not Amazon's; then buckets stand in the path.");
    public static final Setting S3_REGION =
            Setting.of("s3-region", "NAME", "", "The region of the bucket; else AWS_REGION.");
    public static final Setting S3_ACCESS_KEY =
            Setting.secret("s3-access-key", "The id of the access key; else AWS_ACCESS_KEY_ID.");
    public static final Setting S3_SECRET_KEY =
            Setting.secret("s3-secret-key", "The secret of the access key; else AWS_SECRET_ACCESS_KEY.");
    public static final Setting SECRET_KEY_FILE = Setting.of(
            "secret-key-file",
            "FILE",
            "",
            "The key that seals secrets in the database: 32 bytes, base64. Default: secret.key in the data folder, made on first"
                    + " use. Several copies of the service need the same.");
    public static final Setting ROLES = Setting.of(
            "roles", "LIST", "api,worker,notifier", "What this copy of the service does: api, worker, notifier.");
    public static final Setting ANALYSES = Setting.of(
            "analyses",
            "NUMBER",
            "2",
            "Images that this copy analyses at a time for who waits for them, and as many for watched tags.");
    public static final Setting ANALYSIS_TIMEOUT =
            Setting.of("analysis-timeout", "TIME", "30m", "How long reading an image may take.");
    public static final Setting REGISTRIES = Setting.of(
            "registries",
            "LIST",
            "",
            "The registries, host or host:port, that images may be pulled from; all where none is named. The service stands in a"
                    + " network where its callers may not.");
    public static final Setting DROP_LIMIT = Setting.of(
            "revision-drop-limit",
            "PERCENT",
            "10",
            "Advisory data with so many records fewer than the data before is held until somebody releases it.");
    public static final Setting FLIP_LIMIT = Setting.of(
            "revision-flip-limit",
            "PERCENT",
            "20",
            "Advisory data that would change the decision on so many of the images is held until somebody releases it.");
    public static final Setting PRIVATE_DESTINATIONS = Setting.of(
            "private-destinations",
            "LIST",
            "",
            "Loopback and private addresses that messages may go to: hosts (*.example), addresses, networks as 10.0.0.0/8; private for all.");
    public static final Setting RETRY_SCHEDULE = Setting.of(
            "notify-retry-schedule",
            "LIST",
            "5s,5m,25m,90m,3h,5h,4h,6h,4h",
            "How long after an attempt that failed the next one is made, a day in all; after the last the message is dead.");
    public static final Setting DELIVERY_LEASE = Setting.of(
            "notify-lease",
            "TIME",
            "2m",
            "How long a copy of the service may take for sending a message before another one does; longer than any attempt.");
    public static final Setting LOG_FORMAT =
            Setting.of("log-format", "FORMAT", "text", "How the log is written: text, json.");
    public static final Setting LOG_LEVEL =
            Setting.of("log-level", "LEVEL", "info", "What the log tells: debug, info, warn, error.");

    /// In the order of the help.
    public static final List<Setting> ALL = List.of(
            DATA_FOLDER,
            HOST,
            PORT,
            PUBLIC_URL,
            TLS_CERTIFICATE,
            TLS_KEY,
            MAX_REQUESTS,
            DATABASE_URL,
            DATABASE_PASSWORD,
            DATABASE_CONNECTIONS,
            POSTGRES_USER,
            OBJECTS,
            S3_ENDPOINT,
            S3_REGION,
            S3_ACCESS_KEY,
            S3_SECRET_KEY,
            SECRET_KEY_FILE,
            ROLES,
            ANALYSES,
            ANALYSIS_TIMEOUT,
            REGISTRIES,
            DROP_LIMIT,
            FLIP_LIMIT,
            PRIVATE_DESTINATIONS,
            RETRY_SCHEDULE,
            DELIVERY_LEASE,
            LOG_FORMAT,
            LOG_LEVEL);

    private Settings() {}
}
