package dev.plimsoll.server.accounts;

import dev.plimsoll.server.secrets.SecretBox;
import dev.plimsoll.server.testing.RoleMatrix;
import dev.plimsoll.server.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// This area's routes in the matrix of roles.
final class AccountsMatrixTest {

    private static TestDatabase test;

    @BeforeAll
    static void start() {
        test = TestDatabase.create();
    }

    @AfterAll
    static void stop() {
        test.close();
    }

    @TestFactory
    List<DynamicTest> everyRoleAsksEveryRoute() {
        var jdbi = test.database().jdbi();
        var accounts = new Accounts(jdbi, new SecretBox(new byte[32]), new TestClock(), new Passwords(64, 1, 1));
        return new RoleMatrix(test.database(), accounts.routes(), AccountsFixtures.all()).tests();
    }
}
