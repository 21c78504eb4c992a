package io.github.gitops4j.kubernetes.health;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the containers of a pod say.
 *
 * @param first those that run before the others, with the sidecars that go on beside them
 * @param main the others
 * @param sidecars names of those among the first that go on
 * @param restarted whether the main ones are started again when they end badly
 */
record Containers(
    List<LiveView> first, List<LiveView> main, Set<String> sidecars, boolean restarted) {
  /** Reasons of the kubelet and of container runtimes; they do not go away by themselves. */
  private static final Pattern CANNOT_START =
      Pattern.compile(
          "Err.*|.*(Error|BackOff|Failed)"
              + "|InvalidImageName|RegistryUnavailable|ContainerCannotRun");

  static Containers of(LiveView pod) {
    Set<String> sidecars = new HashSet<>();
    for (LiveView declared : pod.items("spec", "initContainers")) {
      if (declared.text("restartPolicy").equals("Always")) {
        sidecars.add(declared.text("name"));
      }
    }
    return new Containers(
        pod.items("status", "initContainerStatuses"),
        pod.items("status", "containerStatuses"),
        sidecars,
        !pod.text("spec", "restartPolicy").equals("Never"));
  }

  /** Says of a container that cannot start, or has ended badly for good, which and why. */
  Optional<String> stuck() {
    return any(Stream.concat(first.stream(), main.stream()), Containers::cannotStart)
        .or(() -> restarted ? badEnd(firstToEnd()) : failed());
  }

  /** Says of a container that ended badly which and how. */
  Optional<String> failed() {
    return badEnd(Stream.concat(firstToEnd(), main.stream()));
  }

  /** Says of a container that ended badly, was started again and is not ready, which and how. */
  Optional<String> failedBefore() {
    return any(
        Stream.concat(first.stream(), main.stream()),
        is -> is.isTrue("ready") ? Optional.empty() : badEnd(is, "lastState"));
  }

  /** Says of a container that waits for something, which and for what. */
  Optional<String> waiting() {
    return any(
        Stream.concat(first.stream(), main.stream()),
        is ->
            Optional.of(is.text("state", "waiting", "reason"))
                .filter(reason -> !reason.isEmpty())
                .map(reason -> name(is) + " waits: " + reason));
  }

  /** A sidecar is ended with its pod, in any way. */
  private Stream<LiveView> firstToEnd() {
    return first.stream().filter(is -> !sidecars.contains(is.text("name")));
  }

  private static Optional<String> badEnd(Stream<LiveView> containers) {
    return any(containers, is -> badEnd(is, "state"));
  }

  private static Optional<String> cannotStart(LiveView container) {
    String reason = container.text("state", "waiting", "reason");
    String message = container.text("state", "waiting", "message");
    return CANNOT_START.matcher(reason).matches()
        ? Optional.of(name(container) + " waits: " + reason + why(message))
        : Optional.empty();
  }

  private static Optional<String> badEnd(LiveView container, String state) {
    long code = container.count(state, "terminated", "exitCode");
    String reason = container.text(state, "terminated", "reason");
    String message = container.text(state, "terminated", "message");
    return code == 0
        ? Optional.empty()
        : Optional.of(
            name(container)
                + " ended with code "
                + code
                + why(reason.equals("Error") ? "" : reason)
                + why(message));
  }

  private static String why(String text) {
    return text.isEmpty() ? "" : ": " + text;
  }

  private static String name(LiveView container) {
    return "container " + container.text("name");
  }

  private static Optional<String> any(
      Stream<LiveView> containers, Function<LiveView, Optional<String>> rule) {
    return containers.map(rule).flatMap(Optional::stream).findFirst();
  }
}
