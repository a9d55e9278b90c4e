package io.perennial.defects.notices;

import io.perennial.defects.Defect;
import io.perennial.defects.DefectEditing;
import io.perennial.defects.DefectMoved;
import io.perennial.defects.DefectRefused;
import io.perennial.defects.Defects;
import io.perennial.defects.notices.CustomerNotice.State;
import io.perennial.defects.notices.Readership.Counts;
import io.perennial.defects.notices.Readership.Reader;
import io.perennial.identity.Viewer;
import io.perennial.platform.live.Live;
import io.perennial.platform.records.Ids;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Notices to customers: drafts, who would get them, and what became of them. Who may not see all accounts reaches only their own.
 */
@Component
public class Notices {

    private static final int LISTED = 200;

    private final JdbcClient database;
    private final NoticeRows rows;
    private final Readership readership;
    private final Defects defects;
    private final Live live;
    private final Clock clock;

    Notices(JdbcClient database, NoticeRows rows, Readership readership, Defects defects, Live live, Clock clock) {
        this.database = database;
        this.rows = rows;
        this.readership = readership;
        this.defects = defects;
        this.live = live;
        this.clock = clock;
    }

    public List<CustomerNotice> latest(String state, String kind) {
        return rows.latest(state, kind, LISTED);
    }

    public Optional<CustomerNotice> find(UUID id) {
        return rows.find(id);
    }

    /**
     * A draft; for a defect that is fixed the one of this release, so that each release is announced once.
     *
     * @param key of the form
     */
    @Transactional
    public UUID begin(NoticeKind kind, @Nullable UUID defectId, String key, Viewer viewer) {
        DefectEditing.requireWriter(viewer);
        Defect defect = defectId == null
                ? null
                : defects.find(defectId).orElseThrow(() -> new NoSuchElementException("There is no such defect."));
        if (kind == NoticeKind.FIX && (defect == null || defect.isOpen() || defect.fixedOn() == null)) {
            throw new DefectRefused("Only what is fixed can be announced as fixed.");
        }
        if (key.length() > 120) {
            throw new DefectRefused("The form is not one of ours. Open it again.");
        }
        String unique = kind == NoticeKind.FIX && defect != null
                ? keyOf(defect)
                : "form:" + (key.isBlank() ? Ids.next().toString() : key);
        UUID id = Ids.next();
        int written = database.sql("""
                insert into defects.notice (id, key, kind, defect_id, audience, only_owner, made_by, made_at)
                values (:id, :key, :kind, cast(:defect as uuid), cast(:audience as jsonb), cast(:only as uuid), :by, :now)
                on conflict (key) do nothing
                """)
                .param("id", id)
                .param("key", unique)
                .param("kind", kind.key())
                .param("defect", defectId)
                .param("audience", audience(kind, defect).json())
                .param("only", viewer.everything() ? null : viewer.memberId())
                .param("by", viewer.name())
                .param("now", now())
                .update();
        if (written == 0) {
            return rows.keyed(unique).orElseThrow();
        }
        NoticeWords.first(kind, defect).forEach((language, text) -> rows.text(id, language, text));
        live.changed("notices");
        return id;
    }

    /** Each release is announced once. */
    static String keyOf(Defect fixed) {
        return "fix:" + fixed.id() + ":" + fixed.releases();
    }

    private static Audience audience(NoticeKind kind, @Nullable Defect defect) {
        if (defect == null) {
            return Audience.NOBODY;
        }
        return kind == NoticeKind.FIX ? Audience.askedFor(defect.id()) : Audience.affectedBy(defect.id());
    }

    /**
     * @param seen version that the form showed
     * @throws DefectMoved when somebody changed it since
     */
    @Transactional
    public void save(UUID id, int seen, NoticeDraft typed, Viewer viewer) {
        NoticeDraft draft = typed.checked();
        CustomerNotice known = rows.writable(id, viewer);
        if (known.state() != State.DRAFT) {
            throw new DefectRefused("It was sent already; what was sent stays as it is.");
        }
        if (known.version() != seen) {
            throw new DefectMoved("Somebody changed the draft since you opened it.");
        }
        boolean maintenance = draft.kind() == NoticeKind.MAINTENANCE;
        database.sql("""
                update defects.notice set kind = :kind, window_from = :from, window_to = :to,
                    audience = cast(:audience as jsonb), version = version + 1 where id = :id
                """)
                .param("id", id)
                .param(
                        "kind",
                        known.kind() == NoticeKind.FIX
                                ? NoticeKind.FIX.key()
                                : draft.kind().key())
                .param("from", maintenance && draft.begins() != null ? Timestamp.from(draft.begins()) : null)
                .param("to", maintenance && draft.ends() != null ? Timestamp.from(draft.ends()) : null)
                .param("audience", draft.audience().json())
                .update();
        database.sql("delete from defects.notice_text where notice_id = :id")
                .param("id", id)
                .update();
        draft.texts().forEach((language, text) -> {
            boolean empty = text.subject().isEmpty() && text.body().isEmpty();
            if (!empty || language.equals(known.mainLanguage())) {
                rows.text(id, language, text);
            }
        });
        live.changed("notices");
    }

    /** Who would get it now. */
    public Counts preview(CustomerNotice notice) {
        return readership.preview(notice);
    }

    /** One page of those who would get it, or would not. */
    public List<Reader> preview(CustomerNotice notice, boolean getsIt, int page) {
        return readership.preview(notice, getsIt, page);
    }

    /** Of one that was sent, as far as the viewer may see. */
    public Counts kept(UUID notice, Viewer viewer) {
        return readership.kept(notice, viewer);
    }

    public List<Reader> kept(UUID notice, boolean getsIt, int page, Viewer viewer) {
        return readership.kept(notice, getsIt, page, viewer);
    }

    /** What mail says of its letters. */
    public List<Readership.Count> proof(UUID notice, Viewer viewer) {
        return readership.proof(notice, viewer);
    }

    /** Drafts only. */
    @Transactional
    public void discard(UUID id, Viewer viewer) {
        CustomerNotice known = rows.writable(id, viewer);
        if (known.state() != State.DRAFT) {
            throw new DefectRefused("It was sent already; what was sent stays.");
        }
        database.sql("delete from defects.notice where id = :id")
                .param("id", id)
                .update();
        live.changed("notices");
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
