package io.perennial.demo;

import io.perennial.demo.DemoEvents.Request;
import io.perennial.events.PastEvents;
import io.perennial.events.PastEvents.Sent;
import io.perennial.events.Source;
import io.perennial.events.Sources;
import io.perennial.shared.Actor;
import io.perennial.usage.FeatureCatalogue;
import io.perennial.usage.KeyActionDefinitions;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The two apps of the demo company's product: one that speaks every hour, and one that fell silent three days ago. */
@Component
class DemoSources {

    private static final Logger log = LoggerFactory.getLogger(DemoSources.class);

    private final Sources sources;
    private final PastEvents events;
    private final FeatureCatalogue features;
    private final KeyActionDefinitions actions;
    private final Clock clock;

    DemoSources(
            Sources sources, PastEvents events, FeatureCatalogue features, KeyActionDefinitions actions, Clock clock) {
        this.sources = sources;
        this.events = events;
        this.features = features;
        this.actions = actions;
        this.clock = clock;
    }

    /** Nothing happens when the apps are there already. */
    void load(List<Customer> customers, Actor actor) {
        Instant now = clock.instant();
        DemoEvents world = new DemoEvents(now, customers);
        Instant since = world.since();
        Optional<Source.WithKey> web = sources.found(actor, "Lumen Web", since);
        Optional<Source.WithKey> mobile = sources.found(actor, "Lumen Mobile", since);
        if (web.isEmpty() || mobile.isEmpty()) {
            return;
        }
        List<Sent> requests = Stream.concat(
                        sent(web.get(), world.web()).stream(), sent(mobile.get(), world.mobile()).stream())
                .sorted(Comparator.comparing(Sent::receivedAt))
                .toList();
        // Times are kept to the second from the definition of the key action on, which needs its features to be known.
        events.bring(sent(web.get(), world.firstOfAll()));
        actions.define(actor, "First report shared", feature("project created"), feature("report shared"), "");
        PastEvents.Taken taken = events.bring(requests);
        log.info("Demo company: {} events of two sources, {} refused", taken.accepted(), taken.refused());
    }

    private static List<Sent> sent(Source.WithKey source, List<Request> requests) {
        return requests.stream()
                .map(request -> new Sent(source.key(), request.at(), request.body()))
                .toList();
    }

    private int feature(String said) {
        return features.all().stream()
                .filter(feature -> feature.said().equals(said))
                .mapToInt(FeatureCatalogue.Feature::id)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The demo's events brought no feature " + said));
    }
}
