package io.github.gitops4j.cli;

import io.github.gitops4j.application.ApplicationSpec;
import io.github.gitops4j.error.InvalidInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts applications behind those that they depend on; otherwise the order of the file stays. */
final class DependencyChain {
  private final String file;
  private final Map<String, ApplicationSpec> byName = new LinkedHashMap<>();
  private final Set<String> path = new LinkedHashSet<>();
  private final Map<String, ApplicationSpec> ordered = new LinkedHashMap<>();

  private DependencyChain(String file, List<ApplicationSpec> specs) {
    this.file = file;
    specs.forEach(spec -> byName.put(spec.name(), spec));
  }

  static List<ApplicationSpec> order(String file, List<ApplicationSpec> specs) {
    DependencyChain chain = new DependencyChain(file, specs);
    specs.forEach(chain::visit);
    return List.copyOf(chain.ordered.values());
  }

  private void visit(ApplicationSpec spec) {
    if (ordered.containsKey(spec.name())) {
      return;
    }
    if (!path.add(spec.name())) {
      throw wrong("dependsOn: a cycle: " + String.join(" -> ", path) + " -> " + spec.name());
    }
    for (String name : spec.dependsOn()) {
      ApplicationSpec before = byName.get(name);
      if (before == null) {
        List<String> known = new ArrayList<>(byName.keySet());
        throw wrong(spec.name() + ".dependsOn: no application is called " + name + "; " + known);
      }
      visit(before);
    }
    path.remove(spec.name());
    ordered.put(spec.name(), spec);
  }

  private InvalidInputException wrong(String problem) {
    return new InvalidInputException(file, 0, 0, problem);
  }
}
