package io.github.gitops4j.tests.architecture.bad.signature;

import java.util.List;
import org.yaml.snakeyaml.nodes.Node;

/** Bad on purpose: shows a library's type, and has a name that says nothing. */
public final class LeakUtils {
  /** Shows the type inside of a generic type. */
  public List<Node> nodes() {
    return List.of();
  }
}
