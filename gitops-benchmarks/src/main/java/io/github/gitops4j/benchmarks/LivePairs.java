package io.github.gitops4j.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.gitops4j.source.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Declared objects and what an API server made of them, with defaults, managed fields and status:
 * one object a line, in JSON. Half of the declared ones have changed in one field since.
 *
 * @param desired the declared ones
 * @param live the live ones, in the same order
 */
record LivePairs(Path desired, Path live) {
  /** Objects are asked for once and then repeated: another copy costs as much to compare. */
  static LivePairs of(ClusterSite site, int applied, int pairs) throws IOException {
    YamlReader reader = YamlReader.create();
    List<String> live = new ArrayList<>();
    for (int number = 0; number < applied; number++) {
      String path = ClusterCorpus.member(number, 0).path();
      live.add(ClusterSite.succeed(site.plane().client().get(path)).body().strip());
    }
    StringBuilder desired = new StringBuilder();
    StringBuilder repeated = new StringBuilder();
    for (int pair = 0; pair < pairs; pair++) {
      int number = pair % applied;
      byte[] yaml = ClusterCorpus.member(number, pair % 2).yaml().getBytes(UTF_8);
      byte[] json = reader.read("pair.yaml", yaml).get(0).document().canonicalJson();
      desired.append(new String(json, UTF_8)).append('\n');
      repeated.append(live.get(number)).append('\n');
    }
    return new LivePairs(
        Files.writeString(site.directory().resolve("desired.jsonl"), desired),
        Files.writeString(site.directory().resolve("live.jsonl"), repeated));
  }
}
