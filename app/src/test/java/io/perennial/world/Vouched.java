package io.perennial.world;

import io.perennial.platform.files.FileAccess;
import io.perennial.shared.Actor;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.test.context.TestComponent;

/** A module that shows files to those whom a test names. */
@TestComponent
public class Vouched implements FileAccess {

    private final Set<UUID> files = ConcurrentHashMap.newKeySet();
    private final Set<UUID> members = ConcurrentHashMap.newKeySet();

    public Set<UUID> files() {
        return files;
    }

    public Set<UUID> members() {
        return members;
    }

    @Override
    public boolean mayRead(UUID file, Actor actor) {
        return files.contains(file) && actor.id() != null && members.contains(actor.id());
    }
}
