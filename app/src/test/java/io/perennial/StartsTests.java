package io.perennial;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.world.PerennialTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PerennialTest
class StartsTests {

    @Autowired
    JdbcClient database;

    @Test
    void startsWithADurableDatabase() {
        assertThat(database.sql("show fsync").query(String.class).single()).isEqualTo("on");
        assertThat(database.sql("show synchronous_commit").query(String.class).single())
                .isEqualTo("on");
    }
}
