package io.github.gitops4j.cli;

import io.github.gitops4j.application.ApplicationSpec;
import io.github.gitops4j.application.Tenants;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.gate.Tenant;
import io.github.gitops4j.source.InputCheck;
import io.github.gitops4j.source.TreeSource;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whose applications are, and what they may.
 *
 * @param tenants the tenants
 * @param base the directory of the application files
 */
record TenantRules(Tenants tenants, Path base) {
  static TenantRules read(Path file, String applications) {
    String name = file.toString();
    return new TenantRules(
        Tenants.read(name, FileOperand.bytes(name)), FileOperand.directory(applications));
  }

  /**
   * Returns what looks at the resources of an application.
   *
   * @throws InvalidInputException if it is not of one tenant, or may not use its source
   */
  InputCheck of(ApplicationSpec spec, TreeSource source) {
    Tenant tenant = tenant(spec);
    Optional<String> objection = tenant.objectionToSource(source.id());
    if (objection.isPresent()) {
      throw forbidden(spec, objection.get());
    }
    return tenant.inputCheck();
  }

  private Tenant tenant(ApplicationSpec spec) {
    try {
      return tenants
          .of(base, spec.origin().file())
          .orElseThrow(() -> forbidden(spec, "expected a file that is a tenant's"));
    } catch (IllegalArgumentException e) {
      throw forbidden(spec, "expected a file of one tenant only: " + e.getMessage());
    }
  }

  private static InvalidInputException forbidden(ApplicationSpec spec, String why) {
    return new InvalidInputException(
        FailureCategory.FORBIDDEN, spec.origin().file(), spec.origin().line(), 0, why);
  }
}
