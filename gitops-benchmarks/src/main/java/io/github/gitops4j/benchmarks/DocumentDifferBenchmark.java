package io.github.gitops4j.benchmarks;

import io.github.gitops4j.diff.AdditionPolicy;
import io.github.gitops4j.diff.DocumentDiffer;
import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import io.github.gitops4j.source.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Pairs of desired and live documents a second; live has what a server adds. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-XX:+UseSerialGC"})
public class DocumentDifferBenchmark {
  private static final int PAIRS = 10_000;

  private final DocumentDiffer differ =
      DocumentDiffer.builder().additions(AdditionPolicy.IGNORE).build();
  private final List<Document> desired = new ArrayList<>();
  private final List<Document> live = new ArrayList<>();
  private final List<Document> drifted = new ArrayList<>();

  /** Makes the pairs. */
  @Setup
  public void prepare() {
    ManifestCorpus corpus = new ManifestCorpus();
    YamlReader reader = YamlReader.create();
    for (int i = 0; i < PAIRS; i++) {
      byte[] file = corpus.document().getBytes(StandardCharsets.UTF_8);
      desired.add(reader.read("desired.yaml", file).get(0).document());
      Value seen = withAdditions(reader.read("live.yaml", file).get(0).document().root());
      live.add(Document.of(seen));
      drifted.add(Document.of(renamed((Mapping) seen)));
    }
  }

  /** Compares pairs that are in sync. */
  @Benchmark
  @OperationsPerInvocation(PAIRS)
  public void inSync(Blackhole sink) {
    for (int i = 0; i < PAIRS; i++) {
      sink.consume(differ.diff(desired.get(i), live.get(i)));
    }
  }

  /** Compares pairs that all differ in one field. */
  @Benchmark
  @OperationsPerInvocation(PAIRS)
  public void oneChange(Blackhole sink) {
    for (int i = 0; i < PAIRS; i++) {
      sink.consume(differ.diff(desired.get(i), drifted.get(i)));
    }
  }

  private static Value withAdditions(Value value) {
    if (value instanceof Mapping mapping) {
      Mapping.Builder fields = Mapping.builder();
      for (int i = 0; i < mapping.size(); i++) {
        fields.put(mapping.key(i), withAdditions(mapping.value(i)));
      }
      return fields.put("defaulted", Bool.TRUE).build();
    }
    if (value instanceof Sequence sequence) {
      Sequence.Builder items = Sequence.builder();
      for (int i = 0; i < sequence.size(); i++) {
        items.add(withAdditions(sequence.get(i)));
      }
      return items.build();
    }
    return value;
  }

  private static Mapping renamed(Mapping root) {
    return root.toBuilder().set("kind", Text.of("Other")).build();
  }
}
