package io.perennial.mail;

import jakarta.mail.Session;
import java.util.Properties;

/**
 * How forgiving Jakarta Mail reads what real programs write. Some of it are properties of the whole JVM which the library
 * reads once: every class of ours that touches it goes through here first.
 */
public final class Leniency {

    static {
        System.setProperty("mail.mime.decodefilename", "true");
        System.setProperty("mail.mime.encodefilename", "false");
        System.setProperty("mail.mime.decodetext.strict", "false");
        System.setProperty("mail.mime.parameters.strict", "false");
        System.setProperty("mail.mime.base64.ignoreerrors", "true");
        System.setProperty("mail.mime.ignoreunknownencoding", "true");
        System.setProperty("mail.mime.ignoremultipartencoding", "true");
        System.setProperty("mail.mime.multipart.allowempty", "true");
        System.setProperty("mail.mime.multipart.ignoremissingendboundary", "true");
        System.setProperty("mail.mime.multipart.ignoremissingboundaryparameter", "true");
        System.setProperty("mail.mime.windowsfilenames", "true");
    }

    private Leniency() {}

    /** A session of the library with these properties and without a password in it. */
    public static Session session(Properties properties) {
        properties.setProperty("mail.mime.address.strict", "false");
        return Session.getInstance(properties);
    }
}
