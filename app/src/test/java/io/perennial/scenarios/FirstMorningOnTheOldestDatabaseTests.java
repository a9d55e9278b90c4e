package io.perennial.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.world.OldestPostgres;
import io.perennial.world.OneCompany;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The same morning on a database that the operator brought: PostgreSQL 15, named as operators name it. */
@OneCompany
@EnabledIf("present")
class FirstMorningOnTheOldestDatabaseTests extends FirstMorningTests {

    /** Its binaries come with the build on Linux for amd64; elsewhere there are none to test with. */
    static boolean present() {
        return OldestPostgres.present();
    }

    @DynamicPropertySource
    static void external(DynamicPropertyRegistry properties) {
        properties.add("perennial.database-url", OldestPostgres::url);
    }

    @Test
    void itIsTheOldestOneThatIsPromised() {
        assertThat(database.sql("show server_version_num").query(Integer.class).single())
                .isBetween(150_000, 159_999);
    }
}
