package io.github.gitops4j.filesystem;

import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.Keyed;
import io.github.gitops4j.resource.ResourceKey;

/**
 * What is remembered of one file.
 *
 * @param key its key
 * @param stat its stat when it was read
 * @param digest its digest then
 * @param trusted whether an equal stat proves equal content: not so for a file changed so shortly
 *     before it was read that another change could have the same time
 */
record LiveFile(ResourceKey key, FileStat stat, ContentDigest digest, boolean trusted)
    implements Keyed {

  LiveResource resource() {
    return LiveResource.of(key, stat.token(), digest);
  }
}
