package io.perennial.world;

import gg.jte.Content;
import io.perennial.cases.ArrivedMessage;
import io.perennial.cases.CasePanel;
import io.perennial.cases.MessageListener;
import io.perennial.identity.Viewer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A module that stands beside cases: it hears what arrives, and has something to say once somebody asked for it. */
public class Bystander implements CasePanel, MessageListener {

    private final List<ArrivedMessage> heard = new CopyOnWriteArrayList<>();
    private volatile boolean talking;

    /** Forgets everything, and shows a panel or not. */
    public void begin(boolean talking) {
        heard.clear();
        this.talking = talking;
    }

    public List<ArrivedMessage> heard() {
        return List.copyOf(heard);
    }

    @Override
    public void arrived(ArrivedMessage message) {
        heard.add(message);
    }

    @Override
    public String id() {
        return "bystander";
    }

    @Override
    public String title() {
        return "What a bystander saw";
    }

    @Override
    public int order() {
        return 999;
    }

    @Override
    public Optional<Content> content(Case about, Viewer viewer) {
        return talking
                ? Optional.of(output -> output.writeContent("<p>Case " + about.number() + "</p>"))
                : Optional.empty();
    }
}
