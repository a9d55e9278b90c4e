package io.perennial.playbooks.text;

import io.perennial.accounts.list.AccountCondition;
import io.perennial.identity.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a playbook does, in its order. Texts may hold the places that {@link Places} knows. */
public sealed interface Step {

    /** Word of the audit and of icons. */
    String kind();

    /**
     * Something for a person.
     *
     * @param script what to say or look at; may be empty
     * @param dueInDays days until it is due
     */
    record Task(String title, String script, Who who, int dueInDays) implements Step {
        @Override
        public String kind() {
            return "task";
        }
    }

    /**
     * A letter to people of the customer.
     *
     * @param role whom it is for: a role of contacts, or {@code everybody}
     */
    record Mail(String subject, String text, String role) implements Step {
        public static final String EVERYBODY = "everybody";

        @Override
        public String kind() {
            return "mail";
        }
    }

    /** A letter to a colleague. */
    record Notice(String text, Who who) implements Step {
        @Override
        public String kind() {
            return "notice";
        }
    }

    /** @param field column of the account */
    record SetField(AccountField field, String value) implements Step {
        @Override
        public String kind() {
            return "field";
        }
    }

    /** @param name of an address that an administrator entered */
    record Webhook(String name) implements Step {
        @Override
        public String kind() {
            return "webhook";
        }
    }

    record Wait(int days) implements Step {
        @Override
        public String kind() {
            return "wait";
        }
    }

    /** @param condition null for the signal that closes */
    record WaitUntil(@Nullable AccountCondition condition, int atMostDays) implements Step {
        @Override
        public String kind() {
            return "wait";
        }
    }

    record Branch(List<AccountCondition> conditions, List<Step> then, List<Step> otherwise) implements Step {
        @Override
        public String kind() {
            return "branch";
        }
    }

    /**
     * Who does it.
     *
     * @param role of the team, for {@link Kind#ROLE}
     * @param name name or e-mail, for {@link Kind#NAMED}
     */
    record Who(Kind kind, String role, String name) {

        public static final Who OWNER = new Who(Kind.OWNER, "", "");

        /** How somebody is found. */
        public enum Kind {
            OWNER,
            ROLE,
            NAMED
        }

        public String words() {
            return switch (kind) {
                case OWNER -> "the account's owner";
                case ROLE -> Role.valueOf(role).somebody();
                case NAMED -> name;
            };
        }
    }

    /** What a playbook may set. */
    enum AccountField {
        STAGE("stage", "Stage"),
        SEGMENT("segment", "Segment"),
        NEXT_STEP("next_step", "Next step"),
        NEXT_STEP_ON("next_step_on", "Next step due"),
        INDUSTRY("industry", "Industry");

        private final String column;
        private final String title;

        AccountField(String column, String title) {
            this.column = column;
            this.title = title;
        }

        /** Of the record type and of the table. */
        public String column() {
            return column;
        }

        public String title() {
            return title;
        }
    }
}
