package io.perennial.programs;

import io.perennial.programs.Catalogue.NotPossible;
import io.perennial.programs.Program.Version;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** {@code programs.program} and {@code programs.version}. */
@Repository
class ProgramRows {

    private final JdbcClient database;

    ProgramRows(JdbcClient database) {
        this.database = database;
    }

    List<Program> programs() {
        return database.sql("select * from programs.program order by tier, lower(name), id")
                .query((row, number) -> program(row))
                .list();
    }

    Optional<Program> program(UUID id) {
        return database.sql("select * from programs.program where id = :id")
                .param("id", id)
                .query((row, number) -> program(row))
                .optional();
    }

    List<Version> versions(UUID program) {
        return database.sql("select * from programs.version where program_id = :program order by number desc")
                .param("program", program)
                .query((row, number) -> version(row))
                .list();
    }

    Optional<Version> version(UUID version) {
        return database.sql("select * from programs.version where id = :id")
                .param("id", version)
                .query((row, number) -> version(row))
                .optional();
    }

    List<Version> sold(LocalDate on) {
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

    /** @throws org.springframework.dao.DuplicateKeyException when the name or the key is taken */
    void insert(Program program, Instant now) {
        database.sql("""
                insert into programs.program (id, key, name, tier, created_at) values (:id, :key, :name, :tier, :now)
                """)
                .param("id", program.id())
                .param("key", program.key())
                .param("name", program.name())
                .param("tier", program.tier())
                .param("now", Timestamp.from(now))
                .update();
    }

    /** @throws org.springframework.dao.DuplicateKeyException when the name is taken */
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

    UUID insertDraft(UUID program, int number, Offer offer) {
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

    void storeDraft(UUID version, Offer offer) {
        database.sql("update programs.version set offer = cast(:offer as jsonb), edits = edits + 1 where id = :id")
                .param("offer", offer.json())
                .param("id", version)
                .update();
    }

    void removeDraft(UUID version) {
        database.sql("delete from programs.version where id = :id and published_at is null")
                .param("id", version)
                .update();
    }

    void publish(UUID version, LocalDate validFrom, Instant now, String by) {
        database.sql("""
                update programs.version set published_at = :now, published_by = :by, valid_from = :from where id = :id
                """)
                .param("now", Timestamp.from(now))
                .param("by", by)
                .param("from", validFrom)
                .param("id", version)
                .update();
    }

    /** Only while no account has it, which the database watches too. */
    void unpublish(UUID version) {
        database.sql("""
                update programs.version set published_at = null, published_by = null, valid_from = null, edits = edits + 1
                where id = :id
                """).param("id", version).update();
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

    /** Drafts and publications of one program go one after the other. */
    void lock(UUID program) {
        boolean gone = database.sql("select id from programs.program where id = :id for update")
                .param("id", program)
                .query()
                .listOfRows()
                .isEmpty();
        if (gone) {
            throw new NotPossible("There is no such program.");
        }
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
