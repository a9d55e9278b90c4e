/** Pages and API of onboardings, and the page that customers see without signing in. */
@org.jspecify.annotations.NullMarked
package io.perennial.onboarding.web;
