package dev.plimsoll.server.judging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.policy.bundle.BundleReader;
import dev.plimsoll.policy.bundle.DefaultBundle;
import dev.plimsoll.server.events.Cause;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Inventories without files.
final class LeanInventoriesTest {

    @TempDir
    private Path folder;

    @Test
    void onlyBundlesThatAskForFilesNeedWholeOnes() {
        assertThat(LeanInventories.suffice(DefaultBundle.bundle())).isTrue();
        var files = Service.bundle("b", "high", "{}").replace("\"rules\": [", """
                "rules": [{"id": "f", "gate": "files", "trigger": "suid_or_guid_set", "action": "STOP", "params": []},""");
        assertThat(LeanInventories.suffice(BundleReader.read("b", files.getBytes(StandardCharsets.UTF_8))
                        .bundle()
                        .orElseThrow()))
                .isFalse();
    }

    @Test
    void lostOneIsMadeAgain() throws Exception {
        try (var service = new Service(folder)) {
            service.activate(Service.bundle("b", "high", "{}"));
            service.revision("lodash HIGH 4.17.21");
            long image = service.image("registry.example/a:1", "lodash@4.17.0");
            service.judge(image, Cause.IMAGE_CHANGED);
            var object = service.one("select object from lean_inventory", String.class);
            service.judge(image, Cause.IMAGE_CHANGED);
            service.test
                    .database()
                    .jdbi()
                    .useHandle(handle ->
                            handle.execute("update lean_inventory set object = 'sha256:" + "0".repeat(64) + "'"));
            assertThat(service.judge.judge(service.account, image, java.util.Set.of(), false))
                    .isZero();
            assertThat(service.one("select object from lean_inventory", String.class))
                    .isEqualTo(object);
        }
    }
}
