/** What may start a playbook: modules that know of moments in the life of a customer tell them here. */
@org.springframework.modulith.NamedInterface("moments")
@org.jspecify.annotations.NullMarked
package io.perennial.playbooks.moments;
