package io.github.gitops4j.benchmarks;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.source.DocumentPart;
import io.github.gitops4j.source.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Our reader, which decodes, checks and builds a tree, against the bare event loop of the parser
 * below it, which does none of that.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 2,
    jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-XX:+UseSerialGC"})
public class YamlReaderBenchmark {
  private static final int CORPUS_BYTES = 4_000_000;
  private static final double MEGA = 1e6;

  private final YamlReader reader = YamlReader.create();
  private List<byte[]> files = List.of();

  /** Counts what was read, so that the report has MB/s. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Volume {
    /** Megabytes read. */
    public double megabytes;

    /** Begins an iteration. */
    @Setup(org.openjdk.jmh.annotations.Level.Iteration)
    public void reset() {
      megabytes = 0;
    }
  }

  /** Makes the corpus. */
  @Setup
  public void prepare() {
    files = new ManifestCorpus().files(CORPUS_BYTES);
  }

  /** Reads the corpus with our reader. */
  @Benchmark
  public void reader(Volume volume, Blackhole sink) {
    for (byte[] file : files) {
      for (DocumentPart part : reader.read("file.yaml", file)) {
        sink.consume(part);
      }
      volume.megabytes += file.length / MEGA;
    }
  }

  /** Reads the corpus with SnakeYAML's parser and drops its events. */
  @Benchmark
  public void events(Volume volume, Blackhole sink) {
    for (byte[] file : files) {
      StreamReader text = new StreamReader(new String(file, StandardCharsets.UTF_8));
      ParserImpl parser = new ParserImpl(text, new LoaderOptions());
      while (!parser.checkEvent(Event.ID.StreamEnd)) {
        sink.consume(parser.getEvent());
      }
      volume.megabytes += file.length / MEGA;
    }
  }

  /** Runs both and prints MB/s and their ratio. */
  public static void main(String[] args) throws RunnerException {
    double ours = 0;
    double bare = 0;
    for (RunResult result :
        new Runner(new OptionsBuilder().include(YamlReaderBenchmark.class.getName()).build())
            .run()) {
      double rate =
          requireNonNull(result.getSecondaryResults().get("megabytes"), "megabytes").getScore();
      if (result.getPrimaryResult().getLabel().equals("reader")) {
        ours = rate;
      } else {
        bare = rate;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "our reader %.1f MB/s, bare events %.1f MB/s, ratio %.2f%n",
        ours,
        bare,
        ours / bare);
  }
}
