@org.jspecify.annotations.NullMarked
package io.perennial.playbooks.web;
