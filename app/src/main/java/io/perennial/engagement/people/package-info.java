/** How people at customers wish to be reached, and who seems to be gone. Carries the preferences of D4. */
@org.jspecify.annotations.NullMarked
package io.perennial.engagement.people;
