@org.jspecify.annotations.NullMarked
package io.perennial.statements.web;
