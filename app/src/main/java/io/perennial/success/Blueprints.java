package io.perennial.success;

import io.perennial.identity.Viewer;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Outcome sets by industry that plans begin with, and what customers really reached who began with one. */
@Component
@Transactional(readOnly = true)
public class Blueprints {

    private static final int LONGEST = 20_000;

    private final JdbcClient database;
    private final Texts texts;

    Blueprints(JdbcClient database, Texts texts) {
        this.database = database;
        this.texts = texts;
    }

    /**
     * What became of plans that began with it.
     *
     * @param realised median percent of what was due; null when nothing of them is due
     * @param reached of all their outcomes
     */
    public record Experience(long plans, @Nullable BigDecimal realised, long reached, long outcomes) {}

    public List<Blueprint> all() {
        return texts.blueprints().entrySet().stream()
                .map(one -> Blueprint.parse(one.getKey(), one.getValue()))
                .sorted(Comparator.comparing(Blueprint::name))
                .toList();
    }

    /** Those of the industry first. */
    public List<Blueprint> suited(@Nullable String industry) {
        return all().stream()
                .sorted(Comparator.comparing(one -> !fits(one, industry)))
                .toList();
    }

    private static boolean fits(Blueprint blueprint, @Nullable String industry) {
        return industry != null
                && blueprint.industries().stream().anyMatch(one -> one.equalsIgnoreCase(industry.strip()));
    }

    public Optional<Blueprint> find(String key) {
        String text = texts.blueprints().get(key);
        return text == null ? Optional.empty() : Optional.of(Blueprint.parse(key, text));
    }

    public boolean isOwn(String key) {
        return texts.own(Texts.BLUEPRINT, key).isPresent();
    }

    public static boolean mayWrite(Viewer viewer) {
        return Texts.mayWrite(viewer);
    }

    /** Of the viewer's portfolio. */
    public Experience experience(String key, java.time.LocalDate today, Viewer viewer) {
        return database.sql("""
                select count(*) as plans, percentile_cont(0.5) within group (order by g.realised)::numeric(9, 1) as realised,
                    coalesce(sum(g.reached), 0) as reached, coalesce(sum(g.outcomes), 0) as outcomes
                from success.progress(array(
                    select p.id from success.plan p join accounts.account a on a.id = p.account_id
                    where p.blueprint = :key and (:everything or a.owner_id = :member)), :today) g
                """)
                .param("key", key)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .param("today", today)
                .query((row, number) -> new Experience(
                        row.getLong("plans"),
                        row.getBigDecimal("realised"),
                        row.getLong("reached"),
                        row.getLong("outcomes")))
                .single();
    }

    /**
     * @param body empty goes back to what ships, or removes it
     * @throws SuccessRefused naming the line that cannot be read
     */
    @Transactional
    public @Nullable UUID write(String key, String body, Viewer viewer) {
        if (!key.matches("[a-z0-9-]{1,60}")) {
            throw new SuccessRefused("A key has small letters, digits and hyphens, up to 60.");
        }
        String text = Typed.words(body, "A blueprint", LONGEST);
        if (text.isEmpty()) {
            return texts.write(Texts.BLUEPRINT, key, key, null, viewer);
        }
        return texts.write(Texts.BLUEPRINT, key, Blueprint.parse(key, text).name(), text + "\n", viewer);
    }
}
