package io.perennial.cases.desk;

import org.springframework.jdbc.core.simple.JdbcClient;

/** What the house of a test promises to everybody without a program. */
final class DeskPromise {

    private DeskPromise() {}

    /** An answer within an hour to urgent cases, within four to others. */
    static void of(JdbcClient database) {
        of(database, """
                {"URGENT": {"firstResponse": "PT1H", "update": "PT2H", "resolution": "PT8H"},
                 "MEDIUM": {"firstResponse": "PT4H", "update": null, "resolution": "PT16H"}}
                """);
    }

    static void of(JdbcClient database, String targets) {
        database.sql("""
                with p as (insert into programs.program (id, key, name, tier, house, created_at)
                    values (gen_random_uuid(), 'house', 'House', 0, true, now()) returning id)
                insert into programs.version (id, program_id, number, offer, published_at, published_by, valid_from)
                select gen_random_uuid(), id, 1, cast(:offer as jsonb), now(), 'Lin', '2020-01-01' from p
                """).param("offer", offer(targets, "[]")).update();
    }

    static String offer(String targets, String units) {
        return """
                {"summary": "", "price": null, "currency": null, "calendar": null, "channels": ["email"], "targets": %s,
                 "termMonths": 12, "units": %s, "eligibility": {"segments": [], "note": ""}, "benefits": []}
                """.formatted(targets, units);
    }
}
