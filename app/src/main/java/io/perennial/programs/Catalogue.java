package io.perennial.programs;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.programs.Program.Version;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The programs of the house and their versions. A draft is edited, a published version stays as it is. */
@Component
public class Catalogue {

    /** So many fit beside each other in nobody's head, but a list can show them. */
    public static final int MOST = 50;

    private static final int LONGEST_NAME = 100;

    private final JdbcClient database;
    private final Enrolments enrolments;
    private final Audit audit;
    private final Clock clock;

    Catalogue(JdbcClient database, Enrolments enrolments, Audit audit, Clock clock) {
        this.database = database;
        this.enrolments = enrolments;
        this.audit = audit;
        this.clock = clock;
    }

    /** Why nothing was changed, in a sentence for the person. */
    public static final class NotPossible extends RuntimeException {
        public NotPossible(String message) {
            super(message);
        }
    }

    public static boolean mayChange(Viewer viewer) {
        return viewer.role() == Role.ADMIN || viewer.role() == Role.LEADER;
    }

    /** The highest tier last. */
    public List<Program> programs() {
        return database.sql("select * from programs.program order by tier, lower(name), id")
                .query((row, number) -> program(row))
                .list();
    }

    public Optional<Program> program(UUID id) {
        return database.sql("select * from programs.program where id = :id")
                .param("id", id)
                .query((row, number) -> program(row))
                .optional();
    }

    /** The newest first; a draft, if there is one, is the first. */
    public List<Version> versions(UUID program) {
        return database.sql("select * from programs.version where program_id = :program order by number desc")
                .param("program", program)
                .query((row, number) -> version(row))
                .list();
    }

    public Optional<Version> version(UUID version) {
        return database.sql("select * from programs.version where id = :id")
                .param("id", version)
                .query((row, number) -> version(row))
                .optional();
    }

    /** What is sold on that day, one version a program; the highest tier last. */
    public List<Version> sold(LocalDate on) {
        return database.sql("""
                select v.* from programs.program p
                join lateral (select * from programs.version v where v.program_id = p.id and v.valid_from <= :on
                              order by v.number desc limit 1) v on true
                order by p.tier, lower(p.name), p.id
                """)
                .param("on", on)
                .query((row, number) -> version(row))
                .list();
    }

    /** What was done, for undo, and to what. */
    public record Done(UUID change, UUID program) {}

    /**
     * A new program with an empty draft.
     *
     * @throws NotPossible when the viewer may not, or the name cannot be used
     */
    @Transactional
    public Done create(Viewer viewer, String name) {
        allow(viewer);
        String title = name(name);
        List<Program> known = programs();
        if (known.size() >= MOST) {
            throw new NotPossible("There are " + MOST + " programs already.");
        }
        UUID id = UUID.randomUUID();
        int tier = known.isEmpty() ? 1 : known.getLast().tier() + 1;
        Program program = new Program(id, key(title), title, tier, false);
        try {
            database.sql("""
                    insert into programs.program (id, key, name, tier, created_at) values (:id, :key, :name, :tier, :now)
                    """)
                    .param("id", id)
                    .param("key", program.key())
                    .param("name", title)
                    .param("tier", tier)
                    .param("now", Timestamp.from(clock.instant()))
                    .update();
        } catch (DuplicateKeyException e) {
            throw new NotPossible("There is a program named " + title + " already.");
        }
        insertDraft(id, 1, Offer.EMPTY);
        UUID change = audit.record(
                viewer.actor(),
                ProgramUndo.KIND,
                "Program " + title + " added",
                List.of(new ChangedThing(ProgramUndo.PROGRAM, id.toString(), null, null, ProgramUndo.json(program))));
        return new Done(change, id);
    }

    /**
     * Changes name, tier and whether it is the default of the house.
     *
     * @throws NotPossible when the viewer may not, there is no such program, or the name cannot be used
     */
    @Transactional
    public UUID rename(Viewer viewer, UUID id, String name, int tier, boolean house) {
        allow(viewer);
        Program before = program(id).orElseThrow(() -> new NotPossible("There is no such program."));
        if (tier < 0 || tier > 1_000) {
            throw new NotPossible("A tier is a number from 0 to 1,000.");
        }
        Program after = new Program(id, before.key(), name(name), tier, house);
        try {
            store(after);
        } catch (DuplicateKeyException e) {
            throw new NotPossible("There is a program named " + after.name() + " already.");
        }
        enrolments.deriveAll(id, viewer.actor());
        return audit.record(
                viewer.actor(),
                ProgramUndo.KIND,
                "Program " + after.name() + " changed",
                List.of(new ChangedThing(
                        ProgramUndo.PROGRAM, id.toString(), null, ProgramUndo.json(before), ProgramUndo.json(after))));
    }

    /** The draft of a program; a copy of the newest version when there is none yet. */
    @Transactional
    public Version draft(Viewer viewer, UUID program) {
        allow(viewer);
        lock(program);
        List<Version> versions = versions(program);
        Version newest = versions.isEmpty() ? null : versions.getFirst();
        if (newest != null && newest.draft()) {
            return newest;
        }
        UUID draft = insertDraft(
                program, newest == null ? 1 : newest.number() + 1, newest == null ? Offer.EMPTY : newest.offer());
        return version(draft).orElseThrow();
    }

    /**
     * Writes the draft.
     *
     * @param edits of the draft that was looked at: somebody else's edit in between is not overwritten
     * @return the change, for undo
     * @throws NotPossible when the viewer may not, the draft was changed meanwhile, or the offer cannot be kept
     */
    @Transactional
    public UUID save(Viewer viewer, UUID program, int edits, Offer offer) {
        Version before = draft(viewer, program);
        if (before.edits() != edits) {
            throw new NotPossible("Somebody else has changed this draft meanwhile. Look at it again before you save.");
        }
        OfferCheck.check(offer);
        storeDraft(before.id(), offer);
        String name = program(program).map(Program::name).orElse("");
        return audit.record(
                viewer.actor(),
                ProgramUndo.KIND,
                "Draft " + before.number() + " of program " + name + " changed",
                List.of(new ChangedThing(
                        ProgramUndo.DRAFT,
                        before.id().toString(),
                        null,
                        before.offer().json(),
                        offer.json())));
    }

    /**
     * Makes the draft what is sold from that day on. Contracts that name the program and have no version yet buy it too.
     *
     * @throws NotPossible when the viewer may not, there is no draft, or it cannot be kept
     */
    @Transactional
    public Version publish(Viewer viewer, UUID program, int edits, LocalDate validFrom) {
        allow(viewer);
        lock(program);
        Version draft = versions(program).stream()
                .filter(Version::draft)
                .findFirst()
                .orElseThrow(() -> new NotPossible("There is no draft to publish."));
        if (draft.edits() != edits) {
            throw new NotPossible(
                    "Somebody else has changed this draft meanwhile. Look at it again before you publish.");
        }
        OfferCheck.check(draft.offer());
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (validFrom.isBefore(today.minusYears(20)) || validFrom.isAfter(today.plusYears(2))) {
            throw new NotPossible("A version is sold from a day of the last twenty or the next two years on.");
        }
        database.sql("""
                update programs.version set published_at = :now, published_by = :by, valid_from = :from where id = :id
                """)
                .param("now", Timestamp.from(clock.instant()))
                .param("by", viewer.name())
                .param("from", validFrom)
                .param("id", draft.id())
                .update();
        Program published = program(program).orElseThrow();
        audit.record(
                viewer.actor(),
                "program-published",
                "Version " + draft.number() + " of program " + published.name() + " published, sold from " + validFrom,
                List.of());
        enrolments.deriveAll(program, viewer.actor());
        return version(draft.id()).orElseThrow();
    }

    void store(Program program) {
        if (program.house()) {
            database.sql("update programs.program set house = false where house and id <> :id")
                    .param("id", program.id())
                    .update();
        }
        database.sql("update programs.program set name = :name, tier = :tier, house = :house where id = :id")
                .param("name", program.name())
                .param("tier", program.tier())
                .param("house", program.house())
                .param("id", program.id())
                .update();
    }

    void storeDraft(UUID version, Offer offer) {
        database.sql("update programs.version set offer = cast(:offer as jsonb), edits = edits + 1 where id = :id")
                .param("offer", offer.json())
                .param("id", version)
                .update();
    }

    /** Only what nobody could buy: a program without a published version. */
    boolean remove(UUID program) {
        boolean published = versions(program).stream().anyMatch(version -> !version.draft());
        if (!published) {
            database.sql("delete from programs.version where program_id = :id")
                    .param("id", program)
                    .update();
            database.sql("delete from programs.program where id = :id")
                    .param("id", program)
                    .update();
        }
        return !published;
    }

    private UUID insertDraft(UUID program, int number, Offer offer) {
        UUID id = UUID.randomUUID();
        database.sql("""
                insert into programs.version (id, program_id, number, offer)
                values (:id, :program, :number, cast(:offer as jsonb))
                """)
                .param("id", id)
                .param("program", program)
                .param("number", number)
                .param("offer", offer.json())
                .update();
        return id;
    }

    private void lock(UUID program) {
        boolean gone = database.sql("select id from programs.program where id = :id for update")
                .param("id", program)
                .query()
                .listOfRows()
                .isEmpty();
        if (gone) {
            throw new NotPossible("There is no such program.");
        }
    }

    private static void allow(Viewer viewer) {
        if (!mayChange(viewer)) {
            throw new NotPossible("Leaders and administrators change programs.");
        }
    }

    private static String name(String text) {
        String name = text.strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new NotPossible("A program has a name of at most " + LONGEST_NAME + " characters, on one line.");
        }
        return name;
    }

    private static String key(String name) {
        String key = name.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", "-")
                .replaceAll("^-|-$", "");
        return key.isEmpty() ? "program" : key;
    }

    private static Program program(ResultSet row) throws SQLException {
        return new Program(
                row.getObject("id", UUID.class),
                row.getString("key"),
                row.getString("name"),
                row.getInt("tier"),
                row.getBoolean("house"));
    }

    private static Version version(ResultSet row) throws SQLException {
        Timestamp published = row.getTimestamp("published_at");
        return new Version(
                row.getObject("id", UUID.class),
                row.getObject("program_id", UUID.class),
                row.getInt("number"),
                Offer.parse(row.getString("offer")),
                published == null ? null : published.toInstant(),
                row.getString("published_by"),
                row.getObject("valid_from", LocalDate.class),
                row.getInt("edits"));
    }
}
