package io.perennial.programs;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.programs.Program.Version;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The programs of the house and their versions. A draft is edited, a published version stays as it is. */
@Component
public class Catalogue {

    /** So many fit beside each other in nobody's head, but a list can show them. */
    public static final int MOST = 50;

    private static final int LONGEST_NAME = 100;

    private final ProgramRows rows;
    private final Enrolments enrolments;
    private final Audit audit;
    private final Clock clock;

    Catalogue(ProgramRows rows, Enrolments enrolments, Audit audit, Clock clock) {
        this.rows = rows;
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
        return rows.programs();
    }

    public Optional<Program> program(UUID id) {
        return rows.program(id);
    }

    /** The newest first; a draft, if there is one, is the first. */
    public List<Version> versions(UUID program) {
        return rows.versions(program);
    }

    public Optional<Version> version(UUID version) {
        return rows.version(version);
    }

    /** What is sold on that day, one version a program; the highest tier last. */
    public List<Version> sold(LocalDate on) {
        return rows.sold(on);
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
            rows.insert(program, clock.instant());
        } catch (DuplicateKeyException e) {
            throw new NotPossible("There is a program named " + title + " already.");
        }
        rows.insertDraft(id, 1, Offer.EMPTY);
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
            rows.store(after);
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
        rows.lock(program);
        List<Version> versions = versions(program);
        Version newest = versions.isEmpty() ? null : versions.getFirst();
        if (newest != null && newest.draft()) {
            return newest;
        }
        UUID draft = rows.insertDraft(
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
        rows.storeDraft(before.id(), offer);
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
     * Throws the draft of the next version away. A program that was never published goes by undo of its making.
     *
     * @return the change, for undo
     * @throws NotPossible when the viewer may not, or there is no draft beside what is published
     */
    @Transactional
    public UUID discard(Viewer viewer, UUID program, int edits) {
        allow(viewer);
        rows.lock(program);
        Version draft = versions(program).stream()
                .filter(version -> version.draft() && version.number() > 1)
                .findFirst()
                .orElseThrow(() -> new NotPossible("There is no draft to discard."));
        if (draft.edits() != edits) {
            throw new NotPossible(
                    "Somebody else has changed this draft meanwhile. Look at it again before you discard it.");
        }
        rows.removeDraft(draft.id());
        return audit.record(
                viewer.actor(),
                ProgramUndo.KIND,
                "Draft " + draft.number() + " of program "
                        + program(program).map(Program::name).orElse("") + " discarded",
                List.of(new ChangedThing(
                        ProgramUndo.DISCARDED,
                        program.toString(),
                        null,
                        draft.offer().json(),
                        null)));
    }

    static void allow(Viewer viewer) {
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
}
