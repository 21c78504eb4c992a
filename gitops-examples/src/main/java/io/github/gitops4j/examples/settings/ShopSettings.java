package io.github.gitops4j.examples.settings;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.application.RemovalPolicy;
import io.github.gitops4j.control.Application;
import io.github.gitops4j.control.Controller;
import io.github.gitops4j.filesystem.FilesystemTarget;
import io.github.gitops4j.reconcile.ReconcileEvent;
import io.github.gitops4j.source.TreeSource;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The settings of a shop: {@code shop.properties} in a directory that a controller keeps as a
 * branch declares. They are read again when a pass has written something; a file that cannot be
 * read leaves the settings as they were.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class ShopSettings implements AutoCloseable {
  /** The name of the application that keeps the directory. */
  public static final String APPLICATION = "shop-settings";

  private final Controller controller;
  private final FilesystemTarget target;
  private final Path file;
  private volatile Map<String, String> current = Map.of();
  private volatile Optional<String> problem = Optional.empty();

  private ShopSettings(Controller controller, Path directory) {
    this.controller = controller;
    this.target = FilesystemTarget.at(directory);
    this.file = directory.resolve("shop.properties");
  }

  /**
   * Begins to follow a branch.
   *
   * @param controller the controller of the program; it says on which threads, and when
   * @param source the branch
   * @param directory an existing directory
   */
  public static ShopSettings follow(Controller controller, TreeSource source, Path directory) {
    ShopSettings settings = new ShopSettings(requireNonNull(controller, "controller"), directory);
    settings.read();
    controller.put(
        Application.builder(APPLICATION, source, settings.target)
            .interval(Duration.ofMinutes(1))
            .reconciler(builder -> builder.listener(settings::hear))
            .build());
    return settings;
  }

  /** Returns a setting. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(current.get(name));
  }

  /** Returns why the newest file is not in use, if it is not. */
  public Optional<String> problem() {
    return problem;
  }

  private void hear(ReconcileEvent event) {
    if (event instanceof ReconcileEvent.PassEnded ended && ended.report().changedAnything()) {
      read();
    }
  }

  private void read() {
    if (!Files.exists(file)) {
      return;
    }
    Properties read = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      read.load(reader);
      Map<String, String> settings = new TreeMap<>();
      read.stringPropertyNames().forEach(name -> settings.put(name, read.getProperty(name)));
      Integer.parseInt(settings.getOrDefault("port", "80"));
      current = settings;
      problem = Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      problem = Optional.of(file.getFileName() + ": " + e.getMessage());
    }
  }

  /** Follows the branch no more; the directory stays as it is. */
  @Override
  public void close() {
    controller.remove(APPLICATION, RemovalPolicy.ORPHAN).join();
    target.close();
  }
}
