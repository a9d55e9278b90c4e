package io.perennial.playbooks;

import io.perennial.platform.text.TextProblem;
import io.perennial.playbooks.text.Playbook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** Ready playbooks, one for each red flag, that do nothing until somebody switches them on. */
@Component
class Library {

    private final Map<String, Playbook> ready = new LinkedHashMap<>();

    /** @throws IllegalStateException when a shipped text cannot be read, which the build's tests find */
    Library(Moments moments) {
        try {
            for (Resource file :
                    new PathMatchingResourcePatternResolver().getResources("classpath*:playbooks/*.yaml")) {
                String name = Objects.requireNonNull(file.getFilename());
                String text = file.getContentAsString(StandardCharsets.UTF_8);
                ready.put(name.replace(".yaml", ""), Playbook.parse(text, moments.kinds()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TextProblem e) {
            throw new IllegalStateException("A shipped playbook cannot be read: " + e.getMessage(), e);
        }
    }

    /** By key. */
    Map<String, Playbook> all() {
        return ready;
    }

    Optional<Playbook> find(String key) {
        return Optional.ofNullable(ready.get(key));
    }
}
