package io.perennial.platform.imports;

import io.perennial.shared.Actor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Rows of {@code platform.import} and what was remembered of earlier mappings. */
@Component
class ImportStore {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient database;
    private final Clock clock;

    ImportStore(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    void insert(StoredImport stored, String sha256, Actor actor) {
        database.sql("""
                insert into platform.import
                    (id, type, file_name, stored_as, bytes, sha256, encoding, delimiter, inspection, mapping, change_id,
                     actor_kind, actor_id, actor_name, created_at)
                values (:id, :type, :fileName, :storedAs, :bytes, :sha256, :encoding, :delimiter, :inspection::jsonb,
                        :mapping::jsonb, :change, :actorKind, :actorId, :actorName, :now)
                """)
                .param("id", stored.id())
                .param("type", stored.type())
                .param("fileName", stored.fileName())
                .param("storedAs", stored.storedAs())
                .param("bytes", stored.bytes())
                .param("sha256", sha256)
                .param("encoding", stored.encoding())
                .param("delimiter", stored.delimiter())
                .param("inspection", JSON.writeValueAsString(stored.inspection()))
                .param("mapping", MappingText.json(stored.mapping()))
                .param("change", stored.change())
                .param("actorKind", actor.kind().name())
                .param("actorId", actor.id(), Types.OTHER)
                .param("actorName", actor.name())
                .param("now", now())
                .update();
    }

    Optional<StoredImport> find(UUID id) {
        return database.sql("select * from platform.import where id = :id")
                .param("id", id)
                .query(ImportStore::read)
                .optional();
    }

    List<StoredImport> recent(int limit) {
        return database.sql("select * from platform.import order by created_at desc, id desc limit :limit")
                .param("limit", limit)
                .query(ImportStore::read)
                .list();
    }

    /** @return false when the import was started meanwhile */
    boolean answer(
            UUID id, @Nullable String encoding, @Nullable String delimiter, Inspection inspection, Mapping mapping) {
        return database.sql("""
                update platform.import
                set encoding = :encoding, delimiter = :delimiter, inspection = :inspection::jsonb,
                    mapping = :mapping::jsonb
                where id = :id and job_id is null
                """)
                        .param("id", id)
                        .param("encoding", encoding)
                        .param("delimiter", delimiter)
                        .param("inspection", JSON.writeValueAsString(inspection))
                        .param("mapping", MappingText.json(mapping))
                        .update()
                == 1;
    }

    /** @return false when it has a job already */
    boolean started(UUID id, UUID job) {
        return database.sql("update platform.import set job_id = :job where id = :id and job_id is null")
                        .param("id", id)
                        .param("job", job)
                        .update()
                == 1;
    }

    void count(UUID id, Counts more) {
        database.sql("""
                update platform.import
                set created_rows = created_rows + :created, changed_rows = changed_rows + :changed,
                    unchanged_rows = unchanged_rows + :unchanged, problem_rows = problem_rows + :problems,
                    gathered_rows = gathered_rows + :gathered, left_out_rows = left_out_rows + :leftOut
                where id = :id
                """)
                .param("id", id)
                .param("created", more.created())
                .param("changed", more.changed())
                .param("unchanged", more.unchanged())
                .param("problems", more.withProblems())
                .param("gathered", more.gathered())
                .param("leftOut", more.leftOut())
                .update();
    }

    Optional<Mapping> remembered(String type, String headers) {
        return database.sql(
                        "select mapping::text from platform.import_mapping where type = :type and headers = :headers")
                .param("type", type)
                .param("headers", headers)
                .query(String.class)
                .optional()
                .map(MappingText::parse);
    }

    void remember(String type, String headers, Mapping mapping) {
        database.sql("""
                insert into platform.import_mapping (type, headers, mapping, used_at)
                values (:type, :headers, :mapping::jsonb, :now)
                on conflict (type, headers) do update set mapping = excluded.mapping, used_at = excluded.used_at
                """)
                .param("type", type)
                .param("headers", headers)
                .param("mapping", MappingText.json(mapping))
                .param("now", now())
                .update();
    }

    private static StoredImport read(ResultSet row, int number) throws SQLException {
        return new StoredImport(
                row.getObject("id", UUID.class),
                row.getString("type"),
                row.getString("file_name"),
                row.getString("stored_as"),
                row.getLong("bytes"),
                row.getString("encoding"),
                row.getString("delimiter"),
                JSON.readValue(row.getString("inspection"), Inspection.class),
                MappingText.parse(row.getString("mapping")),
                row.getObject("job_id", UUID.class),
                row.getObject("change_id", UUID.class),
                new Counts(
                        row.getLong("created_rows"),
                        row.getLong("changed_rows"),
                        row.getLong("unchanged_rows"),
                        row.getLong("problem_rows"),
                        row.getLong("gathered_rows"),
                        row.getLong("left_out_rows")),
                row.getString("actor_name"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
