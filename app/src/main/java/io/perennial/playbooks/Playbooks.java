package io.perennial.playbooks;

import io.perennial.platform.text.TextProblem;
import io.perennial.playbooks.text.Playbook;
import io.perennial.playbooks.text.Sentences;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The playbooks there are: what the company has, and the ready ones that it has not taken yet. */
@Component
public class Playbooks {

    private static final int MOST = 1_000;

    private static final String CARD = """
            select p.*, v.text, v.number as newest, f.number as force_number, s.*
            from playbooks.playbook p
            join lateral (select text, number from playbooks.version v where v.playbook_id = p.id
                order by number desc limit 1) v on true
            left join playbooks.version f on f.id = p.in_force
            left join lateral (
                select count(*) filter (where started_at is not null and not shadow and state not in ('held_out', 'undone'))
                           as runs,
                       count(*) filter (where state = 'running' and not shadow) as running,
                       count(*) filter (where shadow) as shadowed,
                       count(*) filter (where state = 'queued') as queued
                from playbooks.run r where r.playbook_id = p.id) s on true
            """;

    private final JdbcClient database;
    private final Library library;
    private final Moments moments;
    private final Map<String, Playbook> parsed = new ConcurrentHashMap<>();

    Playbooks(JdbcClient database, Library library, Moments moments) {
        this.database = database;
        this.library = library;
        this.moments = moments;
    }

    /** The company's own first, those that run before others; then the ready ones. */
    public List<PlaybookCard> all() {
        List<PlaybookCard> all = new ArrayList<>(database.sql(CARD + " order by p.number limit :most")
                .param("most", MOST)
                .query(this::card)
                .list());
        Set<String> taken = new HashSet<>();
        all.forEach(card -> taken.add(card.key()));
        all.sort(Comparator.comparingInt((PlaybookCard card) -> order(card.state()))
                .thenComparing(PlaybookCard::name));
        library.all().forEach((key, playbook) -> {
            if (!taken.contains(key)) {
                all.add(ready(key, playbook));
            }
        });
        return all;
    }

    private static int order(PlaybookState state) {
        return switch (state) {
            case ACTIVE -> 0;
            case SHADOW -> 1;
            case PAUSED -> 2;
            case DRAFT -> 3;
        };
    }

    public Optional<PlaybookCard> find(String key) {
        return database.sql(CARD + " where p.key = :key")
                .param("key", key)
                .query(this::card)
                .optional()
                .or(() -> library.find(key).map(playbook -> ready(key, playbook)));
    }

    private static PlaybookCard ready(String key, Playbook playbook) {
        return new PlaybookCard(null, key, PlaybookState.DRAFT, 1, 0, playbook, 0, 0, 0, 0, null, null, null);
    }

    private PlaybookCard card(ResultSet row, int number) throws SQLException {
        return new PlaybookCard(
                row.getObject("id", UUID.class),
                row.getString("key"),
                PlaybookState.find(row.getString("state")).orElseThrow(),
                row.getInt("newest"),
                row.getInt("force_number"),
                parsed(row.getString("text")),
                row.getLong("runs"),
                row.getLong("running"),
                row.getLong("shadowed"),
                row.getLong("queued"),
                instant(row.getTimestamp("since")),
                instant(row.getTimestamp("state_at")),
                row.getString("state_by"));
    }

    /** A stored text was right when it was stored; each is read once. */
    Playbook parsed(String text) {
        return parsed.computeIfAbsent(text, words -> {
            try {
                return Playbook.parse(words, null);
            } catch (TextProblem e) {
                throw new IllegalStateException("A stored playbook cannot be read: " + e.getMessage(), e);
            }
        });
    }

    /** The text as a playbook, checked against what there is. */
    public Playbook read(String text) throws TextProblem {
        return Playbook.parse(text.replace("\r\n", "\n").replace("\u0000", ""), moments.kinds());
    }

    public List<Sentences.Line> sentences(Playbook playbook) {
        return moments.sentences(playbook);
    }

    /** The newest first; a ready playbook has one. */
    public List<Version> versions(PlaybookCard card) {
        UUID id = card.id();
        if (id == null) {
            return List.of();
        }
        return database.sql("""
                select v.*, v.id = p.in_force as runs from playbooks.version v join playbooks.playbook p on p.id = v.playbook_id
                where p.id = :id order by v.number desc limit 200
                """).param("id", id).query(Playbooks::version).list();
    }

    public Optional<Version> version(PlaybookCard card, int number) {
        UUID id = card.id();
        if (id == null) {
            return Optional.empty();
        }
        return database.sql("""
                select v.*, v.id = p.in_force as runs from playbooks.version v join playbooks.playbook p on p.id = v.playbook_id
                where p.id = :id and v.number = :number
                """)
                .param("id", id)
                .param("number", number)
                .query(Playbooks::version)
                .optional();
    }

    private static Version version(ResultSet row, int number) throws SQLException {
        return new Version(
                row.getObject("id", UUID.class),
                row.getInt("number"),
                row.getString("name"),
                row.getString("text"),
                row.getString("note"),
                row.getTimestamp("created_at").toInstant(),
                row.getString("created_by"),
                row.getBoolean("runs"));
    }

    static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
