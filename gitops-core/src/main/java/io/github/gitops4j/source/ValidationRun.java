package io.github.gitops4j.source;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.resource.Resource;
import io.github.gitops4j.resource.ResourceKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** Looks at the files of a tree once. Confined to one thread. */
final class ValidationRun {
  private static final Comparator<Origin> BY_PLACE =
      Comparator.<Origin, String>comparing(Origin::file).thenComparingInt(Origin::line);

  private final ResourceModel model;
  private final SourceTree tree;
  private final List<? extends InputCheck> checks;
  private final CallContext call;

  private final Map<ResourceKey, List<Origin>> declared = new HashMap<>();
  private final List<BrokenInput> broken = new ArrayList<>();
  private final List<InputWarning> warnings = new ArrayList<>();
  private final List<InputFinding> findings = new ArrayList<>();
  private final Set<String> directories = new HashSet<>(Set.of(""));
  private int files;

  ValidationRun(
      ResourceModel model,
      SourceTree tree,
      List<Supplier<? extends InputCheck>> checks,
      CallContext call) {
    this.model = model;
    this.tree = tree;
    this.checks = checks.stream().map(Supplier::get).toList();
    this.call = call;
  }

  CheckedInputs run() {
    tree.forEach(this::look, call);
    broken.addAll(model.checkNames(tree, directories, call));
    checks.forEach(check -> findings.addAll(check.end(call)));
    Map<ResourceKey, Origin> first = new TreeMap<>();
    declared.forEach(
        (key, origins) -> {
          origins.sort(BY_PLACE);
          first.put(key, origins.get(0));
          twice(key, origins);
        });
    return new CheckedInputs(
        new TreeMap<>(first),
        ordered(broken, BrokenInput::origin),
        ordered(warnings, InputWarning::origin),
        ordered(findings, InputFinding::origin));
  }

  private void look(TreeEntry file) {
    files++;
    call.checkActive("read tree");
    call.progress("read", files, -1);
    for (int slash = file.path().indexOf('/');
        slash > 0;
        slash = file.path().indexOf('/', slash + 1)) {
      directories.add(file.path().substring(0, slash));
    }
    WrittenFile written = model.written(file, tree, call);
    broken.addAll(written.broken());
    warnings.addAll(written.warnings());
    for (Resource resource : written.resources()) {
      declared.computeIfAbsent(resource.key(), key -> new ArrayList<>(1)).add(resource.origin());
      checks.forEach(check -> findings.addAll(check.look(resource, call)));
    }
  }

  private void twice(ResourceKey key, List<Origin> origins) {
    for (int i = 0; i < origins.size() && origins.size() > 1; i++) {
      Origin other = origins.get(i == 0 ? 1 : 0);
      findings.add(
          new InputFinding(
              InputFinding.Rule.DUPLICATE,
              InputFinding.Severity.ERROR,
              origins.get(i),
              FieldPath.root(),
              key + ": it is declared at " + other + " too"));
    }
  }

  private static <T> List<T> ordered(List<T> found, Function<T, Origin> place) {
    found.sort(Comparator.comparing(place, BY_PLACE));
    return found;
  }
}
