/** A playbook as pure text: parsed with the line of everything that is wrong, and told in sentences. No Spring, no database. */
@org.jspecify.annotations.NullMarked
package io.perennial.playbooks.text;
