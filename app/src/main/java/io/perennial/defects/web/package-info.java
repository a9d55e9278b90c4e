@org.jspecify.annotations.NullMarked
package io.perennial.defects.web;
