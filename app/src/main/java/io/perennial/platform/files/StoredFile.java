package io.perennial.platform.files;

import java.time.Instant;
import java.util.UUID;

/**
 * A file that is kept.
 *
 * @param name for showing and saving; a plain file name, never a path
 * @param type what its first bytes say, {@code application/octet-stream} when they say nothing
 * @param sha256 of the content, in lower-case hexadecimal
 */
public record StoredFile(UUID id, String name, String type, long bytes, String sha256, Instant storedAt) {}
