package io.perennial.surveys;

import jakarta.mail.Multipart;
import jakarta.mail.Part;

/** All text of a letter, of whatever part. */
final class MailText {

    private MailText() {}

    static String of(Part part) throws Exception {
        Object content = part.getContent();
        if (content instanceof Multipart parts) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < parts.getCount(); i++) {
                text.append(of(parts.getBodyPart(i))).append('\n');
            }
            return text.toString();
        }
        return String.valueOf(content);
    }
}
