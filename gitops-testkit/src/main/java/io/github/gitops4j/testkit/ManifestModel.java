package io.github.gitops4j.testkit;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.resource.ApplyPolicy;
import io.github.gitops4j.resource.Content;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Hook;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.MappingReader;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.resource.Phase;
import io.github.gitops4j.resource.PrunePolicy;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.ResourceTraits;
import io.github.gitops4j.source.BrokenInput;
import io.github.gitops4j.source.Declaration;
import io.github.gitops4j.source.DesiredEntry;
import io.github.gitops4j.source.DocumentLimits;
import io.github.gitops4j.source.DocumentPart;
import io.github.gitops4j.source.ResourceModel;
import io.github.gitops4j.source.SourceTree;
import io.github.gitops4j.source.TreeEntry;
import io.github.gitops4j.source.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A small model of structured resources, for tests and as an example of a model.
 *
 * <p>A {@code .yaml} or {@code .json} file holds documents of this form; other files declare
 * nothing:
 *
 * <pre>{@code
 * kind: Service          # required
 * name: web              # required
 * group: ""              # optional
 * namespace: shop        # optional
 * spec: {port: 80}       # anything
 * gitops:                # optional, no part of the content
 *   wave: 1
 *   order: 0
 *   phase: MAIN
 *   dependsOn: [Database/db, Secret/shop/token]   # kind/name or kind/namespace/name
 *   apply: CREATE_ONLY
 *   prune: KEEP
 *   sensitive: [/spec/password]
 *   hook: IN_ITS_WAVE       # run and not kept
 *   hookRemoval: [SUCCEEDED]
 * }</pre>
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class ManifestModel implements ResourceModel {
  private static final String GITOPS = "gitops";

  private final YamlReader reader = YamlReader.create();

  private ManifestModel() {}

  /** Creates the model. */
  public static ManifestModel create() {
    return new ManifestModel();
  }

  @Override
  public String id() {
    return "manifest-model/1";
  }

  @Override
  public Declaration declare(TreeEntry entry, SourceTree tree, CallContext call) {
    if (!entry.path().endsWith(".yaml") && !entry.path().endsWith(".json")) {
      return new Declaration.NotDeclaring();
    }
    try {
      List<DesiredEntry> entries = new ArrayList<>();
      for (DocumentPart part : read(entry, tree)) {
        entries.add(entry(entry.path(), part));
      }
      return new Declaration.Declared(entries);
    } catch (InvalidInputException e) {
      Origin place = new Origin(entry.path(), 0, e.line());
      return new Declaration.Broken(new BrokenInput(place, e.failure()));
    } catch (IllegalArgumentException e) {
      Failure failure =
          Failure.of(FailureCategory.INVALID_INPUT, entry.path() + ": " + e.getMessage());
      return new Declaration.Broken(new BrokenInput(Origin.file(entry.path()), failure));
    }
  }

  @Override
  public Content content(DesiredEntry declared, TreeEntry file, SourceTree tree, CallContext call) {
    for (DocumentPart part : read(file, tree)) {
      if (part.index() == declared.origin().document()) {
        return new Content.Structured(content(part.document()));
      }
    }
    throw new SourceException(
        FailureCategory.NOT_FOUND, declared.origin() + ": loading failed: no such document");
  }

  private List<DocumentPart> read(TreeEntry entry, SourceTree tree) {
    try (InputStream in = tree.open(entry)) {
      return reader.read(entry.path(), DocumentLimits.defaults().read(in));
    } catch (IOException e) {
      throw new SourceException(FailureCategory.UNAVAILABLE, entry.path() + ": reading failed", e);
    }
  }

  private static DesiredEntry entry(String file, DocumentPart part) {
    MappingReader fields = MappingReader.of(file, part.document().root());
    ResourceKey key =
        ResourceKey.of(
            fields.optionalText("group").orElse(""),
            fields.text("kind"),
            fields.optionalText("namespace").orElse(""),
            fields.text("name"));
    ResourceTraits traits =
        fields.optionalObject(GITOPS).map(ManifestModel::traits).orElse(ResourceTraits.DEFAULT);
    return DesiredEntry.of(
        key,
        content(part.document()).digest(),
        traits,
        new Origin(file, part.index(), part.line()));
  }

  private static Document content(Document whole) {
    Mapping.Builder content = Mapping.builder();
    if (whole.root() instanceof Mapping mapping) {
      for (int i = 0; i < mapping.size(); i++) {
        if (!mapping.key(i).equals(GITOPS)) {
          content.put(mapping.key(i), mapping.value(i), mapping.line(i));
        }
      }
    }
    return Document.of(content.build());
  }

  private static ResourceTraits traits(MappingReader gitops) {
    ResourceTraits.Builder traits = ResourceTraits.builder();
    optionalNumber(gitops, "wave").ifPresent(traits::wave);
    optionalNumber(gitops, "order").ifPresent(traits::order);
    gitops.value("phase").ifPresent(any -> traits.phase(gitops.constant("phase", Phase.class)));
    gitops
        .value("apply")
        .ifPresent(any -> traits.applyPolicy(gitops.constant("apply", ApplyPolicy.class)));
    gitops
        .value("prune")
        .ifPresent(any -> traits.prunePolicy(gitops.constant("prune", PrunePolicy.class)));
    gitops
        .value("dependsOn")
        .ifPresent(
            any ->
                traits.dependsOn(
                    gitops.texts("dependsOn").stream().map(ManifestModel::key).toList()));
    gitops
        .value("sensitive")
        .ifPresent(
            any ->
                traits.sensitivePaths(
                    gitops.texts("sensitive").stream().map(FieldPath::parse).toList()));
    gitops
        .value("hook")
        .ifPresent(
            any ->
                traits.hook(
                    new Hook(gitops.constant("hook", Hook.Moment.class), hookRemoval(gitops))));
    return traits.build();
  }

  private static Set<Hook.End> hookRemoval(MappingReader gitops) {
    return gitops.value("hookRemoval").isEmpty()
        ? Set.of()
        : gitops.texts("hookRemoval").stream()
            .map(Hook.End::valueOf)
            .collect(Collectors.toUnmodifiableSet());
  }

  private static Optional<Integer> optionalNumber(MappingReader fields, String name) {
    return fields.value(name).map(any -> fields.smallNumber(name));
  }

  /** Reads {@code kind/name} or {@code kind/namespace/name}. */
  static ResourceKey key(String text) {
    String[] parts = text.split("/", -1);
    return switch (parts.length) {
      case 2 -> ResourceKey.of("", parts[0], "", parts[1]);
      case 3 -> ResourceKey.of("", parts[0], parts[1], parts[2]);
      default ->
          throw new IllegalArgumentException(
              "expected kind/name or kind/namespace/name, not " + text);
    };
  }
}
