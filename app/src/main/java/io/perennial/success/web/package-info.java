@org.jspecify.annotations.NullMarked
package io.perennial.success.web;
