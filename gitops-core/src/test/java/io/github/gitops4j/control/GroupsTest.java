package io.github.gitops4j.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class GroupsTest {
  @Test
  void aGroupIsCalledByItsFirstNameAlsoIfNobodyHasItHere() {
    Groups groups = new Groups();
    groups.join("staging", List.of("dev"));
    groups.join("prod", List.of("staging"));

    assertThat(List.of(groups.of("dev"), groups.of("staging"), groups.of("prod")))
        .containsOnly("dev");
    assertThat(groups.of("alone")).isEqualTo("alone");
  }

  @Test
  void itSaysWhoseGroupHasAnotherName() {
    Groups groups = new Groups();
    groups.join("b", List.of());
    groups.join("c", List.of("b"));
    assertThat(groups.takeMoved()).containsExactly("c");

    groups.join("d", List.of("a"));
    groups.takeMoved();
    groups.join("a", List.of("b"));
    assertThat(groups.takeMoved()).containsExactly("b", "c");

    groups.leave("a", List.of("b"));
    assertThat(groups.takeMoved()).containsExactly("b", "c");
    assertThat(groups.of("c")).isEqualTo("b");
  }

  /** What an application asks from now on; the one of that name before it is taken off. */
  record Step(String name, List<String> near) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<String> names = Arbitraries.of("a", "b", "c", "d", "e", "f");
    return Combinators.combine(names, names.list().ofMaxSize(3)).as(Step::new).list().ofMaxSize(20);
  }

  @Property
  void namesAndMovesAreThoseOfAllAsksTogether(@ForAll("steps") List<Step> steps) {
    Groups groups = new Groups();
    Map<String, List<String>> asked = new HashMap<>();
    Map<String, String> known = new HashMap<>();
    for (Step step : steps) {
      List<String> before = asked.put(step.name(), step.near());
      if (before != null) {
        groups.leave(step.name(), before);
      }
      groups.join(step.name(), step.near());
      groups.takeMoved().forEach(name -> known.put(name, groups.of(name)));

      for (String name : List.of("a", "b", "c", "d", "e", "f")) {
        assertThat(groups.of(name)).isEqualTo(groupOf(name, asked).first());
        assertThat(known.getOrDefault(name, name)).isEqualTo(groups.of(name));
      }
    }
  }

  private static NavigableSet<String> groupOf(String name, Map<String, List<String>> asked) {
    NavigableSet<String> group = new TreeSet<>(List.of(name));
    for (int size = 0; size < group.size(); ) {
      size = group.size();
      asked.forEach(
          (asks, others) -> {
            if (group.contains(asks) || others.stream().anyMatch(group::contains)) {
              if (!others.isEmpty()) {
                group.add(asks);
                group.addAll(others);
              }
            }
          });
    }
    return group;
  }
}
