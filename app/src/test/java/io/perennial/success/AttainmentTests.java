package io.perennial.success;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.world.PerennialTest;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How much of the way is gone: bounded, monotone, the same in either direction and in any unit. */
@PerennialTest
class AttainmentTests {

    @Autowired
    JdbcClient database;

    private @Nullable BigDecimal of(String values) {
        return database.sql("select success.attainment(" + values + ")")
                .query((row, n) -> row.getBigDecimal(1))
                .optional()
                .orElse(null);
    }

    @Test
    void theEdgesAreWhatPeopleExpect() {
        assertThat(of("30, 10, 20, null, null")).isEqualByComparingTo("0.5");
        assertThat(of("10, 30, 40, null, null")).isEqualByComparingTo("1");
        assertThat(of("10, 30, 5, null, null")).isEqualByComparingTo("0");
        assertThat(of("10, 10, 10, null, null")).as("no way to go").isEqualByComparingTo("1");
        assertThat(of("null, 90, 89.99, 'up', null")).isEqualByComparingTo("0");
        assertThat(of("null, 2, 1, 'down', null")).isEqualByComparingTo("1");
        assertThat(of("null, null, null, null, true")).isEqualByComparingTo("1");
        assertThat(database.sql("select success.attainment(10, 30, null, null, null) is null")
                        .query(Boolean.class)
                        .single())
                .as("never measured is not nothing")
                .isTrue();
    }

    @Test
    void itIsBoundedMonotoneMirroredAndFreeOfUnits() {
        assertThat(database.sql("""
                select count(*) from (
                    select setseed(0.42)) s, lateral (
                    select (random() * 200 - 100)::numeric(9, 3) as b, (random() * 200 - 100)::numeric(9, 3) as t,
                        (random() * 400 - 200)::numeric(9, 3) as a, (random() * 50)::numeric(9, 3) as more
                    from generate_series(1, 2000)) r
                where r.b <> r.t and not (
                    success.attainment(b, t, a, null, null) between 0 and 1
                    and success.attainment(b, t, b, null, null) = 0 and success.attainment(b, t, t, null, null) = 1
                    and success.attainment(b, t, a + sign(t - b) * more, null, null) >= success.attainment(b, t, a, null, null)
                    and success.attainment(-b, -t, -a, null, null) = success.attainment(b, t, a, null, null)
                    and abs(success.attainment(7 * b, 7 * t, 7 * a, null, null) - success.attainment(b, t, a, null, null)) < 1e-12)
                """).query(Long.class).single()).isZero();
    }
}
