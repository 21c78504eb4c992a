package io.github.gitops4j.testkit.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the numbered rule that a test holds an implementation against.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ContractRule {
  /** Returns the rule's number as its Javadoc has it, for example {@code LSP-3}. */
  String value();

  /** Returns what a fixture must be able to do for this test; by default nothing special. */
  Capability[] needs() default {};
}
