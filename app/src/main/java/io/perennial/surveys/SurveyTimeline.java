package io.perennial.surveys;

import io.perennial.accounts.Accounts;
import io.perennial.accounts.Contact;
import io.perennial.accounts.panels.TimelineSource;
import io.perennial.shared.AccountId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Answers on the account's timeline, with their words. */
@Component
class SurveyTimeline implements TimelineSource {

    private final Surveys surveys;
    private final Accounts accounts;

    SurveyTimeline(Surveys surveys, Accounts accounts) {
        this.surveys = surveys;
        this.accounts = accounts;
    }

    @Override
    public Set<String> kinds() {
        return Set.of("survey");
    }

    @Override
    public List<TimelineEntry> entries(AccountId account, Instant before, int limit) {
        List<Answer> answers = surveys.of(account, before, limit);
        if (answers.isEmpty()) {
            return List.of();
        }
        Map<UUID, String> people = accounts.contacts(account).stream()
                .collect(Collectors.toMap(Contact::id, Contact::name, (one, other) -> one));
        return answers.stream()
                .map(answer -> new TimelineEntry(
                        answer.answeredAt(),
                        "survey",
                        answer.kindWords() + (answer.score() == null ? " answered" : ": " + answer.scoreWords()),
                        answer.comment() == null ? "" : answer.comment(),
                        answer.contactId() == null ? "" : people.getOrDefault(answer.contactId(), ""),
                        "/accounts/" + account + "?tab=surveys"))
                .toList();
    }
}
