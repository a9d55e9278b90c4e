/** Files of any kind, kept in the database and handed out so that none of them can do anything. */
@org.jspecify.annotations.NullMarked
package io.perennial.platform.files;
