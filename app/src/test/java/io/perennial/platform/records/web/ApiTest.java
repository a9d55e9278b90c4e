package io.perennial.platform.records.web;

import io.perennial.platform.records.SampleCompany;
import io.perennial.world.PerennialTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;

/** The started product with the sample record type. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@PerennialTest
@Import(SampleCompany.class)
@interface ApiTest {}
