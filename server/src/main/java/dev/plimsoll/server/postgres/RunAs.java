package dev.plimsoll.server.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// As whom PostgreSQL's programs run: they refuse to be root.
///
/// Source: PostgreSQL documentation, "Creating a Database Cluster"; unshare(1), setpriv(1) of util-linux;
/// user_namespaces(7).
///
/// @param prefix what stands before each command
/// @param uid to whom the data must belong, as seen from here
/// @param gid likewise
/// @param meaning for messages
public record RunAs(List<String> prefix, int uid, int gid, String meaning) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    public RunAs {
        prefix = List.copyOf(prefix);
    }

    /// @param user that was asked for, by name or number
    /// @throws PostgresException where no way is open
    public static RunAs choose(Optional<String> user) throws IOException {
        var uid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        var gid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:gid");
        if (uid != 0) {
            if (user.isPresent() && id("-u", user.get()) != uid) {
                throw new PostgresException("only root can run PostgreSQL as '" + user.get()
                        + "': leave the option --postgres-user out, or start the service as that user");
            }
            return new RunAs(List.of(), uid, gid, "the user of the service");
        }
        return user.isPresent() ? user(user.get()) : namespace();
    }

    private static RunAs user(String user) throws IOException {
        var uid = id("-u", user);
        var gid = id("-g", user);
        if (uid == 0) {
            throw new PostgresException(
                    "PostgreSQL refuses to run as root: --postgres-user must name another user than '" + user + "'");
        }
        var setpriv = Command.find("setpriv")
                .orElseThrow(() -> new PostgresException("PostgreSQL refuses to run as root, and to run it as '" + user
                        + "' the program setpriv (package util-linux) is needed: install it, start the service as that user,"
                        + " or give a PostgreSQL of your own by --database-url"));
        return new RunAs(
                List.of(setpriv.toString(), "--reuid=" + uid, "--regid=" + gid, "--clear-groups"),
                uid,
                gid,
                "the user '" + user + "'");
    }

    /// Inside it the process is an unprivileged user; the files that it makes belong to root outside.
    private static RunAs namespace() throws IOException {
        var unshare = Command.find("unshare");
        var inside = unprivileged();
        if (unshare.isPresent() && inside.isPresent()) {
            var prefix = List.of(
                    unshare.get().toString(), "--user", "--map-user=" + inside.get(), "--map-group=" + inside.get());
            var all = new ArrayList<>(prefix);
            all.addAll(List.of(idProgram(), "-u"));
            var outcome = Command.run(all, PATIENCE);
            if (outcome.exitCode() == 0 && outcome.said().equals(Integer.toString(inside.get()))) {
                return new RunAs(prefix, 0, 0, "an unprivileged user in a namespace of its own");
            }
        }
        throw new PostgresException(
                "PostgreSQL refuses to run as root, and this machine allows no user namespace: start the"
                        + " service as another user, name one by --postgres-user (a user of this machine, such as 'postgres' or"
                        + " 'nobody'), or give a PostgreSQL of your own by --database-url");
    }

    /// One whom the machine knows, for initdb asks for a name; 65534, "nobody", where it is there.
    private static Optional<Integer> unprivileged() throws IOException {
        Integer first = null;
        for (var line : Files.readAllLines(Path.of("/etc/passwd"))) {
            var fields = line.split(":", -1);
            if (fields.length > 3 && fields[2].matches("[1-9][0-9]{0,8}")) {
                var uid = Integer.parseInt(fields[2]);
                if (uid == 65_534) {
                    return Optional.of(uid);
                }
                first = first == null ? Integer.valueOf(uid) : first;
            }
        }
        return Optional.ofNullable(first);
    }

    private static int id(String option, String user) throws IOException {
        if (user.isEmpty() || user.startsWith("-")) {
            throw new PostgresException("'" + user + "' is no name of a user");
        }
        var outcome = Command.run(List.of(idProgram(), option, user), PATIENCE);
        if (outcome.exitCode() != 0 || !outcome.said().matches("[0-9]{1,9}")) {
            throw new PostgresException("this machine knows no user '" + user + "' (--postgres-user)");
        }
        return Integer.parseInt(outcome.said());
    }

    private static String idProgram() throws PostgresException {
        return Command.find("id")
                .orElseThrow(
                        () -> new PostgresException(
                                "the program 'id' is needed to run PostgreSQL as another user than"
                                        + " root (package coreutils): install it, or give a PostgreSQL of your own by --database-url"))
                .toString();
    }

    /// The command as that user.
    public List<String> command(List<String> command) {
        var all = new ArrayList<>(prefix);
        all.addAll(command);
        return all;
    }

    /// Gives files to that user, where they belong to somebody else and we may.
    void own(Path root) throws IOException {
        if (((Integer) Files.getAttribute(root, "unix:uid")) == uid) {
            return;
        }
        try (var files = Files.walk(root)) {
            for (var file : files.toList()) {
                Files.setAttribute(file, "unix:uid", uid, java.nio.file.LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(file, "unix:gid", gid, java.nio.file.LinkOption.NOFOLLOW_LINKS);
            }
        } catch (IOException e) {
            throw new PostgresException(
                    root + " belongs to another user and cannot be given to " + meaning
                            + ": start the service as its owner, or as root with --postgres-user",
                    e);
        }
    }
}
