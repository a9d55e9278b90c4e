package io.perennial.playbooks;

import io.perennial.platform.text.TextProblem;
import io.perennial.playbooks.text.Playbook;
import io.perennial.shared.Actor;
import java.util.UUID;
import org.springframework.boot.test.context.TestComponent;

/** What benches ask of the engine. */
@TestComponent
public class PlaybookWork {

    private final PlaybookEditing editing;
    private final Looking looking;
    private final PlaybookLoop loop;
    private final DryRunJob dryRuns;

    PlaybookWork(PlaybookEditing editing, Looking looking, PlaybookLoop loop, DryRunJob dryRuns) {
        this.editing = editing;
        this.looking = looking;
        this.loop = loop;
        this.dryRuns = dryRuns;
    }

    public void on(String key, String text) throws TextProblem {
        editing.save(key, text, "", 0, Actor.SYSTEM);
        editing.switchTo(key, PlaybookState.ACTIVE, Actor.SYSTEM);
    }

    /** A look at everybody, without what follows from it. */
    public void sweep() {
        looking.everybody();
    }

    public void drain() {
        loop.drain();
    }

    /** @return runs that would have begun */
    public DryRun dryRun(String text) throws TextProblem {
        return dryRuns.play(new UUID(1, 2), Playbook.parse(text, null), (done, total) -> true);
    }
}
