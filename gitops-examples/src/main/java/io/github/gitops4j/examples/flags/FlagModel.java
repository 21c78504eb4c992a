package io.github.gitops4j.examples.flags;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.resource.Content;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.ResourceTraits;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.source.BrokenInput;
import io.github.gitops4j.source.Declaration;
import io.github.gitops4j.source.DesiredEntry;
import io.github.gitops4j.source.ResourceModel;
import io.github.gitops4j.source.SourceTree;
import io.github.gitops4j.source.TreeEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A file {@code checkout.flag} declares the flag {@code checkout}; its text is the value.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class FlagModel implements ResourceModel {
  private static final String SUFFIX = ".flag";
  private static final String NAME = "[a-z][a-z0-9-]*";

  /** Creates the model. */
  public FlagModel() {}

  /** Returns the key of a flag. */
  public static ResourceKey key(String name) {
    return ResourceKey.of("", "Flag", "", name);
  }

  /** Returns a value as a document. */
  public static Document document(String value) {
    return Document.of(Mapping.builder().put("value", Text.of(value)).build());
  }

  @Override
  public String id() {
    return "flags/1";
  }

  @Override
  public Declaration declare(TreeEntry entry, SourceTree tree, CallContext call) {
    if (!entry.path().endsWith(SUFFIX)) {
      return new Declaration.NotDeclaring();
    }
    String name =
        entry.path().substring(entry.path().lastIndexOf('/') + 1).replaceFirst("\\.flag$", "");
    if (!name.matches(NAME)) {
      String problem = entry.path() + ": no name of a flag; expected " + NAME;
      Failure failure = Failure.of(FailureCategory.INVALID_INPUT, problem);
      return new Declaration.Broken(new BrokenInput(Origin.file(entry.path()), failure));
    }
    return new Declaration.Declared(
        List.of(
            DesiredEntry.of(
                key(name),
                document(text(entry, tree)).digest(),
                ResourceTraits.DEFAULT,
                Origin.file(entry.path()))));
  }

  @Override
  public Content content(DesiredEntry declared, TreeEntry file, SourceTree tree, CallContext call) {
    return new Content.Structured(document(text(file, tree)));
  }

  private static String text(TreeEntry entry, SourceTree tree) {
    try (InputStream in = tree.open(entry)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new SourceException(FailureCategory.UNAVAILABLE, entry.path() + ": reading failed", e);
    }
  }
}
