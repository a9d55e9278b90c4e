package io.perennial.events.door;

import io.perennial.events.Sighting;
import io.perennial.events.Source;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Decides about each event of one request and makes the rows of those that are taken. Belongs to one thread. Nothing here
 * depends on other events or on the database: an event is judged the same however often it is sent.
 */
final class Judge {

    private static final long AHEAD = DoorLimits.AHEAD.toMillis() * 1_000;
    private static final long EARLIEST = ClientTime.micros(DoorLimits.EARLIEST);

    private final Source source;
    private final Instant received;
    private final long receivedAt;
    private final byte[] body;
    private final CopyRows rows;
    private final MessageDigest sha;
    private final List<Refusal> refusals = new ArrayList<>();
    private final List<Sighting> sightings = new ArrayList<>();
    private final int sightingsWanted;
    private int accepted;
    private long bytes;
    private long delayMicros;

    /** @param sightingsWanted of how many accepted events at most the live debugger is told */
    Judge(Source source, Instant received, byte[] body, int length, int events, int sightingsWanted) {
        this.source = source;
        this.received = received;
        this.receivedAt = ClientTime.micros(received);
        this.body = body;
        this.rows = new CopyRows(length + events * 160);
        this.sightingsWanted = sightingsWanted;
        try {
            this.sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param implied what the address says that it is; null in a batch */
    void judge(RawEvent event, @Nullable Kind implied, @Nullable String batchSentAt) {
        if (event.end - event.start > DoorLimits.EVENT_BYTES) {
            refuse(event, "event_too_large", "An event has at most %,d bytes.".formatted(DoorLimits.EVENT_BYTES));
            return;
        }
        Kind kind = kind(event, implied);
        String user = identity(event, "userId", "user_id_too_long", event.userId);
        String anonymous = identity(event, "anonymousId", "anonymous_id_too_long", event.anonymousId);
        String account = identity(
                event,
                "groupId",
                "group_id_too_long",
                kind == Kind.GROUP || event.contextGroupId == null ? event.groupId : event.contextGroupId);
        String name = name(event, kind);
        if (event.problem == null && user == null && anonymous == null) {
            event.refuse("no_user_anon_id", "An event needs a userId or an anonymousId.");
        }
        require(event, kind == Kind.GROUP && account == null, "missing_group_id", "group needs a groupId.");
        require(
                event,
                kind == Kind.ALIAS && (event.previousId == null || event.previousId.isBlank()),
                "missing_previous_id",
                "alias needs the previousId.");
        require(event, kind == Kind.TRACK && name == null, "missing_event", "track needs the name of the event.");
        byte[] message = message(event);
        long occurred = occurred(event, batchSentAt);
        if (event.problem != null || kind == null) {
            refuse(event, String.valueOf(event.problem), event.detail);
            return;
        }
        accept(event, kind, user, anonymous, account, name, message, occurred);
    }

    private void accept(
            RawEvent event,
            Kind kind,
            @Nullable String user,
            @Nullable String anonymous,
            @Nullable String account,
            @Nullable String name,
            byte[] message,
            long happened) {
        String remark = null;
        long occurred = happened;
        if (occurred > receivedAt + AHEAD) {
            occurred = receivedAt;
            remark = "future";
        } else if (occurred < EARLIEST) {
            occurred = EARLIEST;
            remark = "too_old";
        }
        byte[] cleaned = Escapes.cleaned(body, event.start, event.end);
        if (cleaned == null) {
            rows.add(
                    receivedAt,
                    source.id(),
                    message,
                    kind,
                    occurred,
                    user,
                    anonymous,
                    account,
                    name,
                    body,
                    event.start,
                    event.end);
        } else {
            remark = remark == null ? "nul_removed" : remark;
            rows.add(
                    receivedAt,
                    source.id(),
                    message,
                    kind,
                    occurred,
                    user,
                    anonymous,
                    account,
                    name,
                    cleaned,
                    0,
                    cleaned.length);
        }
        accepted++;
        bytes += event.end - event.start;
        delayMicros += receivedAt - occurred;
        if (sightings.size() < sightingsWanted) {
            sightings.add(new Sighting(
                    received,
                    true,
                    kind.text(),
                    name,
                    user == null ? anonymous : user,
                    account,
                    Instant.EPOCH
                            .plus(Duration.ofNanos(1_000L * (occurred % 1_000_000)))
                            .plusSeconds(occurred / 1_000_000),
                    remark,
                    null));
        }
    }

    private void refuse(RawEvent event, String code, String detail) {
        refusals.add(new Refusal(event.index, code, detail, Refusal.excerpt(body, event.start, event.end)));
        sightings.add(new Sighting(
                received, false, event.type, event.event, event.userId, event.groupId, received, code, detail));
    }

    private @Nullable Kind kind(RawEvent event, @Nullable Kind implied) {
        if (event.type == null) {
            if (implied == null) {
                event.refuse("unknown_type", "An event in a batch needs its type.");
            }
            return implied;
        }
        Kind kind = Kind.of(event.type);
        if (kind == null) {
            event.refuse("unknown_type", "The type is track, page, screen, identify, group or alias.");
        }
        return kind;
    }

    private @Nullable String identity(RawEvent event, String field, String tooLong, @Nullable String value) {
        if (value == null) {
            return null;
        }
        if (value.length() > DoorLimits.ID_LENGTH) {
            event.refuse(tooLong, field + " has at most " + DoorLimits.ID_LENGTH + " characters.");
            return value;
        }
        String clean = Escapes.cleaned(value);
        return clean.isBlank() ? null : clean;
    }

    private @Nullable String name(RawEvent event, @Nullable Kind kind) {
        String name = kind == Kind.PAGE || kind == Kind.SCREEN ? event.name : kind == Kind.TRACK ? event.event : null;
        if (name == null) {
            return null;
        }
        if (name.length() > DoorLimits.NAME_LENGTH) {
            event.refuse("name_too_long", "A name has at most " + DoorLimits.NAME_LENGTH + " characters.");
            return name;
        }
        String clean = Escapes.cleaned(name);
        return clean.isBlank() ? null : clean;
    }

    /** The first 128 bits of the SHA-256 of source and message id; random where the client gave no id. */
    private byte[] message(RawEvent event) {
        String id = event.messageId;
        if (id == null || id.isEmpty()) {
            UUID own = UUID.randomUUID();
            sha.update((own + "\n").getBytes(StandardCharsets.US_ASCII));
            return sha.digest();
        }
        if (id.length() > DoorLimits.MESSAGE_ID_LENGTH) {
            event.refuse(
                    "message_id_too_long", "A message id has at most " + DoorLimits.MESSAGE_ID_LENGTH + " characters.");
        }
        sha.update((byte) (source.id() >>> 24));
        sha.update((byte) (source.id() >>> 16));
        sha.update((byte) (source.id() >>> 8));
        sha.update((byte) source.id());
        if (event.origin != null) {
            sha.update((event.origin + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return sha.digest(id.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * By our clock: received - (sent - happened), as Segment does; the client's own two times say how long it took, and
     * nothing about how wrong its clock is.
     */
    private long occurred(RawEvent event, @Nullable String batchSentAt) {
        String told = event.originalTimestamp == null ? event.timestamp : event.originalTimestamp;
        if (told == null || told.isBlank()) {
            return receivedAt;
        }
        long happened = ClientTime.parse(told);
        if (happened == ClientTime.UNREADABLE) {
            event.refuse("invalid_timestamp", "A time is written as 2026-11-24T09:00:00.000Z.");
            return receivedAt;
        }
        String sent = event.sentAt == null ? batchSentAt : event.sentAt;
        long sentAt = sent == null ? ClientTime.UNREADABLE : ClientTime.parse(sent);
        return sentAt == ClientTime.UNREADABLE ? happened : receivedAt - (sentAt - happened);
    }

    private static void require(RawEvent event, boolean missing, String code, String detail) {
        if (missing) {
            event.refuse(code, detail);
        }
    }

    int accepted() {
        return accepted;
    }

    List<Refusal> refusals() {
        return refusals;
    }

    List<Sighting> sightings() {
        return sightings;
    }

    Parcel parcel() {
        return new Parcel(
                source.id(),
                receivedAt,
                accepted == 0 ? null : rows,
                accepted,
                refusals.size(),
                bytes,
                delayMicros / 1_000,
                List.copyOf(refusals.subList(0, Math.min(refusals.size(), DoorLimits.REFUSALS_KEPT))),
                new CompletableFuture<>());
    }
}
