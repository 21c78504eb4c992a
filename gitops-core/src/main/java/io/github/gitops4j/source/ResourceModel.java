package io.github.gitops4j.source;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.resource.Content;
import io.github.gitops4j.resource.Resource;
import java.util.List;
import java.util.Set;

/**
 * The target's view of files: which resources a file declares.
 *
 * <ul>
 *   <li>RM-1: {@link #declare} depends on nothing but path, mode, bytes and {@link #id()}; its
 *       result is kept by content id.
 *   <li>RM-2: it throws nothing for bad input; bad input is {@link Declaration.Broken}.
 *   <li>RM-3: {@link #content} gives the content whose digest {@link #declare} gave.
 *   <li>RM-4: two entries of one tree under one key are refused by the engine, so the model need
 *       not look for them.
 * </ul>
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public interface ResourceModel {
  /**
   * Returns name, version and every option that changes what is declared. Reading a file may teach
   * the model what another file means, as a definition of a kind does; then the id is another one
   * afterwards, and the engine reads all files anew until it stays.
   */
  String id();

  /** Says which resources a file declares. */
  Declaration declare(TreeEntry entry, SourceTree tree, CallContext call);

  /**
   * Reads the content of one declared resource again.
   *
   * @throws io.github.gitops4j.error.SourceException if it cannot be read
   */
  Content content(DesiredEntry declared, TreeEntry file, SourceTree tree, CallContext call);

  /**
   * Reads a file for checks. Default: what {@link #declare} and {@link #content} say of it.
   *
   * @throws io.github.gitops4j.error.SourceException if it cannot be read
   */
  default WrittenFile written(TreeEntry file, SourceTree tree, CallContext call) {
    Declaration declaration = declare(file, tree, call);
    if (declaration instanceof Declaration.Broken found) {
      return new WrittenFile(List.of(), List.of(found.input()), List.of());
    } else if (!(declaration instanceof Declaration.Declared declared)) {
      return new WrittenFile(List.of(), List.of(), List.of());
    } else {
      List<Resource> resources =
          declared.entries().stream()
              .map(
                  entry ->
                      new Resource(
                          entry.key(),
                          content(entry, file, tree, call),
                          entry.digest(),
                          entry.origin(),
                          entry.traits()))
              .toList();
      return new WrittenFile(resources, List.of(), declared.warnings());
    }
  }

  /**
   * Checks names against each other, which {@link #declare} cannot, as it sees one file only.
   *
   * @param directories directories whose list of names changed; empty text is the root
   * @return findings, at most one for each file
   */
  default List<BrokenInput> checkNames(SourceTree tree, Set<String> directories, CallContext call) {
    return List.of();
  }

  /** Says that a pass is over: what was kept so that nothing is read twice in it may go. */
  default void passEnded() {}

  /** Says whether {@link #declare} reads bytes; if it does not, its results need not be kept. */
  default boolean readsContent() {
    return true;
  }
}
