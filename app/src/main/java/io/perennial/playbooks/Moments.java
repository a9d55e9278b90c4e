package io.perennial.playbooks;

import io.perennial.playbooks.moments.MomentSource;
import io.perennial.playbooks.text.Playbook;
import io.perennial.playbooks.text.Playbook.KnownKind;
import io.perennial.playbooks.text.Playbook.Start;
import io.perennial.playbooks.text.Sentences;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** All kinds of moments that there are, by their words. */
@Component
public class Moments {

    private final Map<String, MomentSource> sources = new LinkedHashMap<>();

    Moments(List<MomentSource> sources) {
        for (MomentSource source : MomentSource.sorted(sources)) {
            if (this.sources.putIfAbsent(source.kind().word(), source) != null) {
                throw new IllegalStateException("Two sources of moments call themselves "
                        + source.kind().word() + ".");
            }
        }
    }

    public List<MomentSource> all() {
        return List.copyOf(sources.values());
    }

    /** What a text may say. */
    Map<String, KnownKind> kinds() {
        return sources.values().stream()
                .collect(Collectors.toMap(
                        source -> source.kind().word(),
                        source -> new KnownKind(source.kind().shifts(), source.names())));
    }

    Optional<MomentSource> find(String kind) {
        return Optional.ofNullable(sources.get(kind));
    }

    MomentSource of(String kind) {
        return Objects.requireNonNull(sources.get(kind));
    }

    /** The playbook in sentences. */
    public List<Sentences.Line> sentences(Playbook playbook) {
        return Sentences.of(playbook, this::sentence);
    }

    /** What has to happen, as a clause. */
    String sentence(Start start) {
        MomentSource source = sources.get(start.when());
        if (source == null) {
            return start.when() + " " + start.of();
        }
        if (start.of().isEmpty()) {
            return source.kind().any();
        }
        String title = source.names().getOrDefault(start.of(), start.of());
        return start.when().equals("date") && source.names().containsKey(start.of())
                ? title
                : source.kind().sentence().replace("{name}", title);
    }
}
