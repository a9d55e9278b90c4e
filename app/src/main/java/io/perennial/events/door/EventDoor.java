package io.perennial.events.door;

import io.perennial.events.Sighting;
import io.perennial.events.Source;
import io.perennial.events.SourceActivity;
import io.perennial.events.Sources;
import io.perennial.events.door.Addresses.Address;
import io.perennial.events.door.EventParser.Parsed;
import io.perennial.events.door.Parcel.Outcome;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Takes events before anything else of the product sees the request: no session, no page, no form. It answers at its own
 * addresses only; behind it the route table admits nobody there. What is answered with 200 is committed.
 */
final class EventDoor implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger(EventDoor.class);

    private final Sources sources;
    private final SourceActivity activity;
    private final Inbox inbox;
    private final Rates rates;
    private final DiskReserve disk;
    private final StrangersKeys strangers;
    private final Reply reply;
    private final Clock clock;

    EventDoor(
            Sources sources,
            SourceActivity activity,
            Inbox inbox,
            Rates rates,
            DiskReserve disk,
            StrangersKeys strangers,
            Reply reply,
            Clock clock) {
        this.sources = sources;
        this.activity = activity;
        this.inbox = inbox;
        this.rates = rates;
        this.disk = disk;
        this.strangers = strangers;
        this.reply = reply;
        this.clock = clock;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        Address address = Addresses.of(asked.getServletPath());
        if (address == null) {
            chain.doFilter(request, response);
        } else if (asked.getMethod().equals("OPTIONS")) {
            Reply.preflight(answer);
        } else {
            serve(asked, answer, address);
        }
    }

    private void serve(HttpServletRequest request, HttpServletResponse response, Address address) throws IOException {
        try {
            if (!request.getMethod().equals("POST")) {
                throw new Refused(405, "method_not_allowed", "Events are sent with POST.", 0);
            }
            take(request, response, address);
        } catch (Refused refused) {
            reply.refused(request, response, refused, List.of());
        } catch (DataAccessException away) {
            LOG.warn("A source could not be looked up: {}", away.getMessage());
            reply.refused(request, response, Refused.away(), List.of());
        } catch (RuntimeException unexpected) {
            LOG.error("A request with events failed", unexpected);
            reply.refused(
                    request, response, new Refused(500, "failed", "Nothing was written. Send it again.", 0), List.of());
        }
    }

    private void take(HttpServletRequest request, HttpServletResponse response, Address address)
            throws Refused, IOException {
        String told = Credentials.fromHeader(request);
        if (inbox.isAway()) {
            throw Refused.away();
        }
        boolean keyMayFollow = told == null && address.shape() != Shape.CLOUD_BATCH;
        Source early = keyMayFollow ? null : known(told, request);
        if (disk.isLow()) {
            throw Refused.storageLow();
        }
        Shape shape = shape(request, address);
        try (Body body = body(request, early)) {
            if (address.shape() == Shape.CLOUD_BATCH && BinaryCloudEvent.is(request)) {
                body.become(BinaryCloudEvent.structured(request, body.bytes(), body.length()));
            }
            Instant received = clock.instant();
            Parsed parsed = parsed(body, shape, early);
            if (told != null && parsed.writeKey() != null && !parsed.writeKey().equals(told)) {
                throw Credentials.conflict();
            }
            Source source = early == null ? known(parsed.writeKey(), request) : early;
            rates.admit(source.id(), parsed.events().size());
            Judge judge = new Judge(
                    source,
                    received,
                    body.bytes(),
                    body.length(),
                    parsed.events().size(),
                    activity.sightingsWanted(source.id()));
            parsed.events().forEach(event -> judge.judge(event, address.implied(), parsed.sentAt()));
            body.close(); // The rows hold what is needed of it.
            store(judge, source, received);
            answer(request, response, judge, shape);
        }
    }

    /** Returns when what was accepted is committed. */
    private void store(Judge judge, Source source, Instant received) throws Refused {
        Parcel parcel = judge.parcel();
        if (parcel.accepted() > 0 || parcel.refused() > 0) {
            inbox.offer(parcel);
        }
        if (parcel.accepted() > 0) {
            Outcome outcome = parcel.await(DoorLimits.COMMIT_WITHIN);
            if (outcome == Outcome.AWAY) {
                throw Refused.away();
            } else if (outcome == Outcome.UNSTORABLE) {
                throw Refused.badRequest("cannot_be_stored", "The database does not take these events.");
            }
        }
        activity.saw(
                source.id(),
                received,
                judge.sightings(),
                parcel.accepted(),
                parcel.refused(),
                parcel.bytes(),
                parcel.delayMs());
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, Judge judge, Shape shape)
            throws IOException {
        List<Refusal> refusals = judge.refusals();
        if (judge.accepted() > 0 || refusals.isEmpty()) {
            reply.taken(response, judge.accepted(), refusals);
            return;
        }
        boolean alone = shape == Shape.SINGLE || shape == Shape.CLOUD_EVENT;
        Refusal first = refusals.getFirst();
        String detail = alone ? first.detail() : "None of the events was taken. " + first.detail();
        reply.refused(request, response, Refused.badRequest(first.code(), detail), refusals);
    }

    private Body body(HttpServletRequest request, @Nullable Source source) throws Refused, IOException {
        try {
            return Body.read(request, inbox.room());
        } catch (Refused refused) {
            note(source, refused, "");
            throw refused;
        }
    }

    private Parsed parsed(Body body, Shape shape, @Nullable Source source) throws Refused {
        try {
            return EventParser.parse(body.bytes(), body.length(), shape);
        } catch (Refused unreadable) {
            if (source == null) {
                throw Credentials.unknown(); // The key may stand in what cannot be read.
            }
            note(source, unreadable, Refusal.excerpt(body.bytes(), 0, body.length()));
            throw unreadable;
        }
    }

    /** A whole body that could not be read, for the people who connect the source. */
    private void note(@Nullable Source source, Refused why, String excerpt) {
        if (source == null || !why.isFinding()) {
            return;
        }
        Instant now = clock.instant();
        Parcel parcel =
                Parcel.refusal(source.id(), ClientTime.micros(now), new Refusal(-1, why.code(), why.detail(), excerpt));
        try {
            inbox.offer(parcel);
        } catch (Refused noRoom) {
            LOG.debug("A refusal of source {} was not noted: {}", source.id(), noRoom.code());
        }
        Sighting sighting = new Sighting(now, false, null, null, null, null, now, why.code(), why.detail());
        activity.saw(source.id(), now, List.of(sighting), 0, 1, 0, 0);
    }

    private Source known(@Nullable String key, HttpServletRequest request) throws Refused {
        Optional<Source> source = key == null ? Optional.empty() : sources.recognise(key);
        if (source.isEmpty()) {
            strangers.note(key, request.getServletPath());
            throw Credentials.unknown();
        }
        return source.get();
    }

    /** Segment's clients send JSON under any content type; CloudEvents say by it what they are. */
    private static Shape shape(HttpServletRequest request, Address address) throws Refused {
        if (address.shape() != Shape.CLOUD_BATCH) {
            return address.shape();
        }
        String type = request.getContentType() == null
                ? ""
                : request.getContentType().strip().toLowerCase(Locale.ROOT);
        if (type.startsWith("application/cloudevents-batch+json")) {
            return Shape.CLOUD_BATCH;
        } else if (type.startsWith("application/cloudevents+json")) {
            return Shape.CLOUD_EVENT;
        } else if (BinaryCloudEvent.is(request)) {
            return Shape.CLOUD_EVENT;
        }
        throw new Refused(
                415,
                "unsupported_media_type",
                "Send application/cloudevents+json or application/cloudevents-batch+json, or the attributes in ce- headers.",
                0);
    }
}
