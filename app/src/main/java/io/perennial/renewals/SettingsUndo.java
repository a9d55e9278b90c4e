package io.perennial.renewals;

import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.shared.Actor;
import java.util.List;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Takes back the rule about letters, and their texts. */
@Configuration(proxyBeanMethods = false)
class SettingsUndo {

    private static final String AGAIN = "settings that were changed again since";

    @Bean
    Undoable renewalRuleUndo(NoticeRule rule) {
        return new Undoable() {
            @Override
            public String kind() {
                return NoticeRule.KIND;
            }

            @Override
            public UndoResult undo(List<ChangedThing> things, Actor actor) {
                return UndoResult.of(things.reversed(), thing -> {
                    if (!Objects.equals(rule.state(), thing.after())) {
                        return AGAIN;
                    }
                    rule.restore(thing.before(), actor.name());
                    return null;
                });
            }
        };
    }

    @Bean
    Undoable renewalTemplateUndo(Templates templates) {
        return new Undoable() {
            @Override
            public String kind() {
                return Templates.KIND;
            }

            @Override
            public UndoResult undo(List<ChangedThing> things, Actor actor) {
                return UndoResult.of(things.reversed(), thing -> {
                    String[] key = thing.id().split(" ", -1);
                    Paper paper = Paper.find(key[0]).orElseThrow();
                    if (!Objects.equals(templates.state(paper, key[1]), thing.after())) {
                        return AGAIN;
                    }
                    templates.restore(paper, key[1], thing.before(), actor.name());
                    return null;
                });
            }
        };
    }
}
