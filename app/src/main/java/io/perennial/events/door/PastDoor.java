package io.perennial.events.door;

import io.perennial.events.PastEvents;
import io.perennial.events.SilenceWatch;
import io.perennial.events.Source;
import io.perennial.events.SourceActivity;
import io.perennial.events.Sources;
import io.perennial.events.door.Parcel.Outcome;
import io.perennial.events.reading.EventReading;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** The entrance without the web server in front of it. */
@Component
class PastDoor implements PastEvents {

    /** Requests that wait for the writer together: the fewer commits, the faster. */
    private static final int AT_ONCE = 500;

    private final Sources sources;
    private final SourceActivity activity;
    private final Inbox inbox;
    private final EventReading reading;
    private final SilenceWatch watch;

    PastDoor(Sources sources, SourceActivity activity, Inbox inbox, EventReading reading, SilenceWatch watch) {
        this.sources = sources;
        this.activity = activity;
        this.inbox = inbox;
        this.reading = reading;
        this.watch = watch;
    }

    @Override
    public Taken bring(List<Sent> requests) {
        int accepted = 0;
        int refused = 0;
        List<Parcel> waiting = new ArrayList<>();
        try {
            for (Sent request : requests) {
                Parcel parcel = take(request);
                accepted += parcel.accepted();
                refused += parcel.refused();
                waiting.add(parcel);
                if (waiting.size() == AT_ONCE) {
                    await(waiting);
                }
            }
            await(waiting);
        } catch (Refused because) {
            throw new IllegalStateException(because.getMessage(), because);
        }
        reading.drain();
        watch.look();
        return new Taken(accepted, refused);
    }

    private Parcel take(Sent request) throws Refused {
        Source source = sources.recognise(request.writeKey())
                .orElseThrow(() -> new IllegalArgumentException("No source has this write key."));
        byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
        EventParser.Parsed parsed = parsed(body);
        Judge judge = new Judge(
                source,
                request.receivedAt(),
                body,
                body.length,
                parsed.events().size(),
                activity.sightingsWanted(source.id()));
        parsed.events().forEach(event -> judge.judge(event, null, parsed.sentAt()));
        Parcel parcel = judge.parcel();
        inbox.offer(parcel);
        activity.saw(
                source.id(),
                request.receivedAt(),
                judge.sightings(),
                parcel.accepted(),
                parcel.refused(),
                parcel.bytes(),
                parcel.delayMs());
        return parcel;
    }

    private static EventParser.Parsed parsed(byte[] body) {
        try {
            return EventParser.parse(body, body.length, Shape.BATCH);
        } catch (Refused unreadable) {
            throw new IllegalArgumentException(unreadable.getMessage(), unreadable);
        }
    }

    private static void await(List<Parcel> parcels) throws Refused {
        for (Parcel parcel : parcels) {
            if (parcel.await(DoorLimits.COMMIT_WITHIN) != Outcome.COMMITTED) {
                throw Refused.away();
            }
        }
        parcels.clear();
    }
}
