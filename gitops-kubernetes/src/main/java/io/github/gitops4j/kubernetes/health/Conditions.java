package io.github.gitops4j.kubernetes.health;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The conditions of one live object; of two of one type the first counts. */
final class Conditions {
  private final Map<String, Condition> byType = new LinkedHashMap<>();

  Conditions(List<LiveView> items) {
    for (LiveView item : items) {
      Condition condition = Condition.read(item);
      byType.putIfAbsent(condition.type(), condition);
    }
  }

  boolean isEmpty() {
    return byType.isEmpty();
  }

  Optional<Condition> find(String type) {
    return Optional.ofNullable(byType.get(type));
  }

  Optional<Condition> ifTrue(String type) {
    return find(type).filter(Condition::isTrue);
  }

  Optional<Condition> ifFalse(String type) {
    return find(type).filter(Condition::isFalse);
  }
}
