package io.perennial.playbooks.web;

import io.perennial.accounts.Accounts;
import io.perennial.identity.Viewer;
import io.perennial.platform.text.TextProblem;
import io.perennial.platform.web.ApiProblem;
import io.perennial.platform.web.ApiProblem.Field;
import io.perennial.platform.web.CurrentActor;
import io.perennial.playbooks.Effect;
import io.perennial.playbooks.Effects;
import io.perennial.playbooks.PlaybookCard;
import io.perennial.playbooks.PlaybookEditing;
import io.perennial.playbooks.PlaybookRefused;
import io.perennial.playbooks.PlaybookState;
import io.perennial.playbooks.Playbooks;
import io.perennial.playbooks.WhyNot;
import io.perennial.playbooks.text.Sentences;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Playbooks for programs: texts kept in a repository, switched by a pipeline. Their runs are {@link PlaybookRunApi}. */
@RestController
@RequestMapping("/api/v1/playbooks")
@Tag(name = "Playbooks", description = "What is done when something happens at a customer")
class PlaybookApi {

    private final Playbooks playbooks;
    private final PlaybookEditing editing;
    private final Effects effects;
    private final WhyNot why;
    private final Accounts accounts;
    private final CurrentActor caller;

    PlaybookApi(
            Playbooks playbooks,
            PlaybookEditing editing,
            Effects effects,
            WhyNot why,
            Accounts accounts,
            CurrentActor caller) {
        this.playbooks = playbooks;
        this.editing = editing;
        this.effects = effects;
        this.why = why;
        this.accounts = accounts;
        this.caller = caller;
    }

    record PlaybookAnswer(
            String key,
            String name,
            String description,
            String state,
            boolean ready,
            int version,
            int inForce,
            long runs,
            long running,
            long queued,
            @Nullable PlaybookEffect effect,
            List<String> sentences,
            String text) {}

    record PlaybookEffect(
            int days,
            int well,
            int measured,
            int heldOutWell,
            int heldOut,
            @Nullable Double points,
            @Nullable Double low,
            @Nullable Double high) {

        static PlaybookEffect of(Effect effect) {
            boolean known = effect.isKnown();
            return new PlaybookEffect(
                    effect.days(),
                    effect.well(),
                    effect.measured(),
                    effect.heldOutWell(),
                    effect.heldOut(),
                    known ? effect.points() : null,
                    known ? effect.low() : null,
                    known ? effect.high() : null);
        }
    }

    record PlaybookList(List<PlaybookAnswer> playbooks) {}

    record PlaybookText(
            @Nullable String text,
            @Nullable String note,
            @Nullable Integer version) {}

    record PlaybookSaved(String key, int version, boolean changed) {}

    record PlaybookSwitch(@Nullable String state) {}

    record PlaybookWhy(String verdict, List<PlaybookQuestion> questions) {}

    record PlaybookQuestion(String asked, String found, boolean holds) {}

    @GetMapping
    @Operation(summary = "Playbooks, those of the company first, then the ready ones")
    PlaybookList list() {
        return new PlaybookList(playbooks.all().stream().map(this::answer).toList());
    }

    @GetMapping("/{key}")
    @Operation(summary = "A playbook, as sentences and as text")
    PlaybookAnswer one(@PathVariable String key) {
        return answer(found(key));
    }

    @PutMapping("/{key}/text")
    @Operation(summary = "Write a version of a playbook; it runs once it is put in force")
    PlaybookSaved write(@PathVariable String key, @RequestBody PlaybookText body) {
        try {
            var saved = editing.save(
                    key,
                    text(body.text()),
                    text(body.note()),
                    body.version() == null ? 0 : body.version(),
                    caller.actor());
            return new PlaybookSaved(saved.key(), saved.version(), saved.changed());
        } catch (PlaybookRefused refused) {
            throw refused(refused);
        } catch (TextProblem e) {
            throw new ApiProblem(
                    422,
                    "invalid",
                    "Nothing was changed",
                    "The text has problems.",
                    e.lines().stream()
                            .map(line -> new Field("text", "line_" + line.line(), line.toString(), ""))
                            .toList(),
                    Map.of());
        }
    }

    @PutMapping("/{key}/state")
    @Operation(summary = "Switch a playbook: active and shadow put the newest version in force, paused stops it")
    PlaybookAnswer state(@PathVariable String key, @RequestBody PlaybookSwitch body) {
        found(key);
        PlaybookState wanted = PlaybookState.find(text(body.state()))
                .orElseThrow(() -> new ApiProblem(
                        422, "invalid", "Nothing was changed", "Send the state draft, shadow, active or paused."));
        try {
            editing.switchTo(key, wanted, caller.actor());
        } catch (PlaybookRefused refused) {
            throw refused(refused);
        }
        return answer(found(key));
    }

    @GetMapping("/{key}/why")
    @Operation(summary = "Why a playbook did or did not start at an account, question by question")
    PlaybookWhy why(@PathVariable String key, @RequestParam(defaultValue = "") String account) {
        found(key);
        WhyNot.Answer answer = why.ask(
                key,
                accounts.byExternalId(account)
                        .orElseThrow(() -> new ApiProblem(
                                404, "not_found", "There is no such account", "Send the external id of an account.")),
                Viewer.EVERYTHING);
        return new PlaybookWhy(
                answer.verdict(),
                answer.questions().stream()
                        .map(one -> new PlaybookQuestion(one.asked(), one.found(), one.holds()))
                        .toList());
    }

    private PlaybookAnswer answer(PlaybookCard card) {
        return new PlaybookAnswer(
                card.key(),
                card.name(),
                card.parsed().description(),
                card.state().key(),
                card.isReady(),
                card.newest(),
                card.inForce(),
                card.runs(),
                card.running(),
                card.queued(),
                effects.of(card).map(PlaybookEffect::of).orElse(null),
                playbooks.sentences(card.parsed()).stream()
                        .map(Sentences.Line::words)
                        .toList(),
                card.parsed().text());
    }

    private PlaybookCard found(String key) {
        return playbooks.find(key).orElseThrow(PlaybookApi::unknown);
    }

    static ApiProblem unknown() {
        return new ApiProblem(404, "not_found", "There is no such playbook", "No playbook has this key.");
    }

    private static ApiProblem refused(PlaybookRefused refused) {
        return new ApiProblem(422, "refused", "Nothing was changed", String.valueOf(refused.getMessage()));
    }

    private static String text(@Nullable String sent) {
        return sent == null ? "" : sent.strip();
    }
}
