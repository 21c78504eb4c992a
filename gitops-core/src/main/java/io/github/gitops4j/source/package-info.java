/**
 * Where desired state comes from: trees of files, the model that reads resources out of them, and
 * the readers for YAML and JSON.
 *
 * <p>Layer 4. A {@link io.github.gitops4j.source.TreeSource} (Git, a directory) gives a {@link
 * io.github.gitops4j.source.SourceTree}; renderers may turn it into another tree; the target's
 * {@link io.github.gitops4j.source.ResourceModel} says which resources its files declare. {@link
 * io.github.gitops4j.source.TreeDesiredStateSource} puts the three together.
 */
@NullMarked
package io.github.gitops4j.source;

import org.jspecify.annotations.NullMarked;
