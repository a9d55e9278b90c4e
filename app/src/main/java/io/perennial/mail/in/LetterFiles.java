package io.perennial.mail.in;

import io.perennial.mail.IncomingLetter.Attachment;
import io.perennial.mail.MailSettings;
import io.perennial.mail.in.Read.ReadFile;
import io.perennial.platform.files.FileTooLarge;
import io.perennial.platform.files.Files;
import io.perennial.platform.files.Pictures;
import io.perennial.platform.files.StoredFile;
import io.perennial.shared.Actor;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Keeps the files of a letter, and says of those it does not keep why, in words for the sender. */
@Component
class LetterFiles {

    private final Files files;
    private final Pictures pictures;
    private final IncomingLetters letters;
    private final MailSettings.Limits limits;

    LetterFiles(Files files, Pictures pictures, IncomingLetters letters, MailSettings settings) {
        this.files = files;
        this.pictures = pictures;
        this.letters = letters;
        this.limits = settings.limits();
    }

    void keep(UUID letter, Read read) throws IOException, MessagingException {
        List<Attachment> kept = new ArrayList<>();
        for (ReadFile file : read.files()) {
            Attachment attachment = kept.size() < limits.files()
                    ? keep(file)
                    : left(
                            file,
                            0,
                            "Only " + limits.files() + " files of a letter are taken; " + file.name() + " was not.");
            letters.addFile(letter, kept.size(), attachment);
            kept.add(attachment);
        }
        String html = read.html();
        if (html != null) {
            letters.html(letter, SafeHtml.withPictures(html, pictures(kept)));
        }
    }

    private Attachment keep(ReadFile file) throws IOException, MessagingException {
        try (InputStream content = file.content().open()) {
            StoredFile stored = files.store(file.name(), content, limits.file().toBytes(), Actor.SYSTEM);
            return new Attachment(
                    stored.id(), stored.name(), stored.type(), stored.bytes(), file.inline(), file.contentId(), null);
        } catch (FileTooLarge tooLarge) {
            return left(file, tooLarge.limit() + 1, tooLarge.getMessage());
        }
    }

    private static Attachment left(ReadFile file, long bytes, @Nullable String why) {
        return new Attachment(null, file.name(), file.type(), bytes, file.inline(), file.contentId(), why);
    }

    private Map<String, String> pictures(List<Attachment> kept) {
        Map<String, String> addresses = new HashMap<>();
        for (Attachment file : kept) {
            UUID id = file.file();
            if (file.contentId() != null
                    && id != null
                    && files.find(id).filter(pictures::isShowable).isPresent()) {
                addresses.put(file.contentId(), "/files/" + id + "/picture");
            }
        }
        return addresses;
    }
}
