package io.github.gitops4j.benchmarks;

import io.github.gitops4j.source.DocumentPart;
import io.github.gitops4j.source.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/** YAML to a tree with marks, against the bare event loop of the parser below it. */
final class YamlCase {
  private static final int CORPUS_BYTES = 4_000_000;
  private static final int WARM_UP = 8;

  private YamlCase() {}

  static RunRow measure(RunFlags flags) throws IOException {
    List<byte[]> files = new ManifestCorpus().files(CORPUS_BYTES);
    long kept = 0;
    for (int i = 0; i < WARM_UP; i++) {
      kept += read(files) + events(files);
    }
    Rivals rivals = new Rivals();
    long[] sink = {kept};
    for (int round = 0; round < 3 * flags.rounds(); round++) {
      rivals.ours(() -> sink[0] += read(files));
      rivals.theirs(() -> sink[0] += events(files));
    }
    return new RunRow(
        "YAML to tree with marks, speed against the bare event loop",
        1 / rivals.ratio(),
        RunRow.Bound.AT_LEAST,
        0.7,
        rivals.detail("events") + " for 4 MB, " + sink[0] + " parts and events");
  }

  private static long read(List<byte[]> files) {
    long parts = 0;
    for (byte[] file : files) {
      for (DocumentPart part : YamlReader.create().read("file.yaml", file)) {
        parts += part.hashCode() == 0 ? 2 : 1;
      }
    }
    return parts;
  }

  private static long events(List<byte[]> files) {
    long events = 0;
    for (byte[] file : files) {
      StreamReader text = new StreamReader(new String(file, StandardCharsets.UTF_8));
      ParserImpl parser = new ParserImpl(text, new LoaderOptions());
      while (!parser.checkEvent(Event.ID.StreamEnd)) {
        parser.getEvent();
        events++;
      }
    }
    return events;
  }
}
