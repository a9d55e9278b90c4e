package io.perennial.success;

import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The company's journey map, and where its customers are on it: by facts, not by what somebody set. */
@Component
@Transactional(readOnly = true)
public class Journeys {

    public static final int PAGE = 50;
    private static final int LONGEST = 20_000;

    private static final String FROM = """
             from success.whereabouts(cast(:account as uuid), :today) w
            join accounts.overview a on a.account_id = w.account_id
            where (:everything or a.owner_id = :member)
            """;

    private final JdbcClient database;
    private final Texts texts;
    private final SuccessPlans plans;

    Journeys(JdbcClient database, Texts texts, SuccessPlans plans) {
        this.database = database;
        this.texts = texts;
        this.plans = plans;
    }

    public Journey journey() {
        return Journey.parse(texts.journey());
    }

    public boolean isOwn() {
        return texts.own(Texts.JOURNEY, Texts.JOURNEY).isPresent();
    }

    /** @param stage its place, from 0; null for customers in none */
    public record Crowd(
            @Nullable Integer stage,
            long customers,
            @Nullable BigDecimal score) {}

    /** A customer in a stage. */
    public record Here(
            AccountId account,
            String name,
            @Nullable String segment,
            @Nullable BigDecimal arr,
            @Nullable String currency,
            @Nullable Double score) {}

    private JdbcClient.StatementSpec asked(String sql, @Nullable AccountId account, Viewer viewer) {
        return database.sql(sql)
                .param("account", account == null ? null : account.value())
                .param("today", plans.today())
                .param("everything", viewer.everything())
                .param("member", viewer.memberId());
    }

    /** How many customers are where. */
    public List<Crowd> crowds(Journey journey, Viewer viewer) {
        return asked(
                        "select " + journey.stageSql() + " as stage, count(*) as customers, avg(a.score) as score"
                                + FROM + " group by 1",
                        null,
                        viewer)
                .query((row, number) -> new Crowd(
                        (Integer) row.getObject("stage"), row.getLong("customers"), row.getBigDecimal("score")))
                .list();
    }

    /** Who brings most first: {@link #PAGE}. */
    public List<Here> in(Journey journey, int stage, Viewer viewer) {
        return asked(
                        "select a.*" + FROM + " and " + journey.stageSql()
                                + " = :stage order by a.arr desc nulls last, a.account_id limit :limit",
                        null,
                        viewer)
                .param("stage", stage)
                .param("limit", PAGE)
                .query((row, number) -> new Here(
                        new AccountId(row.getObject("account_id", UUID.class)),
                        row.getString("name"),
                        row.getString("segment"),
                        row.getBigDecimal("arr"),
                        row.getString("currency"),
                        row.getObject("score") == null ? null : Double.valueOf(row.getDouble("score"))))
                .list();
    }

    /** Where one customer is; empty when no stage fits what is known. */
    public Optional<Journey.Stage> of(AccountId account) {
        Journey journey = journey();
        return database.sql("select " + journey.stageSql() + " as stage from success.whereabouts(:account, :today) w")
                .param("account", account.value())
                .param("today", plans.today())
                .query((row, number) -> Optional.ofNullable((Integer) row.getObject("stage")))
                .optional()
                .flatMap(stage -> stage)
                .map(journey.stages()::get);
    }

    /** @param body empty goes back to what ships */
    @Transactional
    public @Nullable UUID write(String body, Viewer viewer) {
        String text = Typed.words(body, "A journey", LONGEST);
        if (!text.isEmpty()) {
            Journey.parse(text);
        }
        return texts.write(Texts.JOURNEY, Texts.JOURNEY, "", text.isEmpty() ? null : text + "\n", viewer);
    }
}
