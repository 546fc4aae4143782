package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.cli.StandInServer.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who we are to a server: keys are kept where nobody else reads them, and never printed.
final class RemoteLoginTest {

    private static final String ME =
            "{\"account\":\"shop\",\"name\":\"ann\",\"user\":\"ann\",\"permissions\":[\"read-images\"]}";

    @TempDir
    private Path folder;

    private StandInServer server;

    @BeforeEach
    void start() throws IOException {
        server = new StandInServer().when("GET /me", ME).when("GET /images", "{\"items\":[]}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void keepsAKeyWhereNobodyElseReadsIt() throws IOException {
        var run = login(server.url() + "/", "--key-stdin");

        assertThat(run).isEqualTo(new Run(0, "logged in to " + server.url() + " as ann, of the account shop\n", ""));
        assertThat(server.last().authorization()).contains("Bearer " + StandInServer.KEY);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
                .isEqualTo("rwx------");
        assertThat(Files.readString(file())).contains(StandInServer.KEY);

        assertThat(Run.of(folder, "remote", "images").out()).isEqualTo("no images\n");
        assertThat(server.last().authorization()).contains("Bearer " + StandInServer.KEY);
    }

    @Test
    void getsAKeyForAPassword() {
        server.when("POST /login", "{\"key\":\"plm_of_ann\",\"expires_at\":\"2026-12-01T00:00:00Z\"}");

        var run = run("open sesame\n", "remote", "login", server.url(), "--user", "ann", "--password-stdin");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out() + run.err()).doesNotContain("sesame", "plm_of_ann");
        assertThat(server.asked().getFirst().body().strip())
                .isEqualTo("{\"user\":\"ann\",\"password\":\"open sesame\"}");
        assertThat(server.asked().getFirst().authorization()).isEmpty();
        assertThat(server.last().authorization()).contains("Bearer plm_of_ann");
    }

    @Test
    void keepsNothingThatTheServerRefuses() {
        try (var other = new StandInServer().when("GET /me", Reply.problem(401, "the key is revoked"))) {
            var run = run(StandInServer.KEY, "remote", "login", other.url(), "--key-stdin");

            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err())
                    .contains("does not know us (the key is revoked)", "log in again with `plimsoll remote login")
                    .doesNotContain(StandInServer.KEY);
            assertThat(file()).doesNotExist();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void knowsSeveralServersAndForgetsThem() throws IOException {
        try (var other = new StandInServer().when("GET /me", ME).when("GET /images", "{\"items\":[]}")) {
            login(server.url(), "--key-stdin");
            run("plm_other", "remote", "login", other.url(), "--key-stdin");

            Run.of(folder, "remote", "images");
            assertThat(other.last())
                    .extracting(asked -> asked.authorization().orElse(""))
                    .isEqualTo("Bearer plm_other");
            Run.of(folder, "remote", "images", "--remote-url", server.url());
            assertThat(server.last().authorization()).contains("Bearer " + StandInServer.KEY);

            assertThat(Run.of(folder, "remote", "logout").out())
                    .isEqualTo("forgot the key of " + other.url() + "; the current server is " + server.url() + "\n");
            assertThat(Files.readString(file())).doesNotContain("plm_other");
            assertThat(Run.of(folder, "remote", "logout", other.url()).err())
                    .contains("there is no login at " + other.url());
            Run.of(folder, "remote", "logout");
            assertThat(Run.of(folder, "remote", "images").err())
                    .contains("no server is known: log in with `plimsoll remote login URL`");
        }
    }

    @Test
    void variablesStandInPlaceOfALogin() {
        var world = Map.of("PLIMSOLL_REMOTE_URL", server.url(), "PLIMSOLL_REMOTE_KEY", "plm_of_ci");

        assertThat(Run.of(folder, world, "remote", "images").code()).isZero();
        assertThat(server.last().authorization()).contains("Bearer plm_of_ci");
        assertThat(file()).doesNotExist();
        assertThat(Run.of(folder, Map.of("PLIMSOLL_REMOTE_URL", server.url()), "remote", "images")
                        .err())
                .contains("there is no key for " + server.url(), "PLIMSOLL_REMOTE_KEY");
    }

    @Test
    void saysHowToSayWhoOneIs() {
        assertThat(Run.of(folder, "remote", "login").err()).contains("name a server");
        assertThat(Run.of(folder, "remote", "login", server.url()).err()).contains("say who you are: --key-stdin");
        assertThat(Run.of(folder, "remote", "login", server.url(), "--user", "ann")
                        .err())
                .contains("--user needs --password-stdin");
        assertThat(Run.of(folder, "remote", "login", server.url(), "--password-stdin")
                        .err())
                .contains("say who you are");
        assertThat(Run.of(folder, "remote", "login", server.url(), "--key-stdin")
                        .err())
                .contains("--key-stdin: the key did not come on standard input");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void saysWhatIsNoAddress() {
        assertThat(login("localhost:8228", "--key-stdin").err()).contains("'localhost:8228' is no address of a server");
        assertThat(login("ftp://x", "--key-stdin").err()).contains("is no address of a server");
        assertThat(login("http://ann:pw@x", "--key-stdin").err())
                .contains("a name, a password or a key does not belong there");
    }

    @Test
    void saysThatNothingAnswers() {
        var url = server.url();
        server.close();

        assertThat(login(url, "--key-stdin").err())
                .isEqualTo("plimsoll: nothing answers at " + url
                        + ": is the server running? `plimsoll server` starts one\n");
    }

    @Test
    void saysThatSomethingElseAnswers() throws IOException {
        try (var other =
                new StandInServer().when("GET /me", new Reply(200, Map.of("content-type", "text/html"), "<p>"))) {
            assertThat(login(other.url(), "--key-stdin").err())
                    .contains("what answers at " + other.url() + " is no Plimsoll server (it answers with status 200"
                            + " and text/html)");
        }
        try (var other =
                new StandInServer().when("GET /me", new Reply(302, Map.of("location", "https://sso.example/"), ""))) {
            assertThat(login(other.url(), "--key-stdin").err()).contains("sends us elsewhere, to https://sso.example/");
        }
    }

    @Test
    void tellsOfAFileThatOthersRead() throws IOException {
        login(server.url(), "--key-stdin");
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(Run.of(folder, "remote", "images").err()).contains("others may read the keys in " + file());
    }

    @Test
    void tellsOfAFileThatHoldsNoLogins() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "not json");

        assertThat(Run.of(folder, "remote", "images").err()).contains("is not JSON; remove it and log in again");
    }

    @Test
    void trustsAnAuthorityThatIsNamed() throws Exception {
        var store = folder.resolve("server.p12");
        var certificate = folder.resolve("ca.pem");
        keytool(
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=stand-in",
                "-ext",
                "san=ip:127.0.0.1",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit",
                "-storetype",
                "PKCS12");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "a",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit",
                "-file",
                certificate.toString());
        try (var secure = new StandInServer(Optional.of(context(store)))) {
            secure.when("GET /me", ME).when("GET /images", "{\"items\":[]}");

            assertThat(login(secure.url(), "--key-stdin").err())
                    .contains("the connection to " + secure.url() + " cannot be trusted", "--ca FILE");

            assertThat(login(secure.url(), "--key-stdin", "--ca", "ca.pem").code())
                    .isZero();
            assertThat(Run.of(folder, "remote", "images").code())
                    .as("the login keeps the authority")
                    .isZero();
            assertThat(login(secure.url(), "--key-stdin", "--ca", "none.pem").err())
                    .contains("--ca: there is no file");
            Run.of(folder, "remote", "logout");
            assertThat(login(secure.url(), "--key-stdin", "--insecure").code()).isZero();
            assertThat(Run.of(folder, "remote", "images").code()).isZero();
        }
    }

    @Test
    void tellsThatAServerSpeaksPlainHttp() throws Exception {
        try (var socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                while (true) {
                    try (var one = socket.accept()) {
                        one.getOutputStream()
                                .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        return;
                    }
                }
            });
            assertThat(login("https://127.0.0.1:" + socket.getLocalPort(), "--key-stdin")
                            .err())
                    .contains("http:// in place of https://?");
        }
    }

    private static SSLContext context(Path store) throws Exception {
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(String... arguments) throws Exception {
        var command = new java.util.ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(java.util.List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private Path file() {
        return folder.resolve("home/.config/plimsoll/remote.json");
    }

    private Run login(String... arguments) {
        var all = new String[arguments.length + 2];
        all[0] = "remote";
        all[1] = "login";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return run(StandInServer.KEY + "\n", all);
    }

    private Run run(String in, String... arguments) {
        return Run.of(folder, Map.of(), new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)), arguments);
    }
}
