package io.perennial.mail.in;

import io.perennial.mail.IncomingLetter.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A letter taken apart, before anything of it is stored.
 *
 * @param identity what makes it the same letter when it comes again
 * @param oursAgain identities of letters of ours that it carries in its head, by which a loop is known
 * @param kind by its head alone
 */
record Read(
        String identity,
        String messageId,
        List<String> references,
        List<String> oursAgain,
        String from,
        @Nullable String fromName,
        List<String> to,
        List<String> cc,
        String subject,
        String text,
        String quoted,
        @Nullable String html,
        List<ReadFile> files,
        Kind kind,
        @Nullable Failure failure,
        @Nullable Unwanted unwanted,
        boolean senderVerified) {

    /** Opens the content again, decoded. */
    @FunctionalInterface
    interface Content {
        InputStream open() throws IOException, jakarta.mail.MessagingException;
    }

    record ReadFile(
            String name,
            String type,
            boolean inline,
            @Nullable String contentId,
            Content content) {}

    /**
     * What a mail server says about a letter that it could not deliver.
     *
     * @param original Message-ID of that letter, when it was given back
     * @param reason its status and diagnosis
     */
    record Failure(@Nullable String address, @Nullable String original, String reason) {}

    /**
     * What a mail provider says about a letter that its reader called unwanted.
     *
     * @param address often left out, to protect the reader from us
     */
    record Unwanted(@Nullable String address, @Nullable String original, String said) {}
}
