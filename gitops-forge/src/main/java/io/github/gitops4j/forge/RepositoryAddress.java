package io.github.gitops4j.forge;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The form in which the spellings of one repository are equal: host and path. Scheme, user, port,
 * {@code .git} and case are left out. Two repositories that so become one cost a look too much,
 * while two spellings that do not cost a look too few.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class RepositoryAddress {
  private static final int LONGEST = 4_096;
  private static final Set<String> SCHEMES = Set.of("https", "http", "ssh", "git", "git+ssh");
  private static final Pattern SCP_LIKE = Pattern.compile("(?:[^@/:]+@)?([^@/:]+):(.+)");
  private static final Pattern PORT = Pattern.compile(":[0-9]*$");

  /** Hosts that have another name for SSH, or in what they tell. */
  private static final Map<String, String> HOSTS =
      Map.of(
          "ssh.github.com", "github.com",
          "altssh.gitlab.com", "gitlab.com",
          "altssh.bitbucket.org", "bitbucket.org",
          "api.bitbucket.org", "bitbucket.org",
          "ssh.dev.azure.com", "dev.azure.com",
          "vs-ssh.visualstudio.com", "dev.azure.com");

  private static final String VISUAL_STUDIO = ".visualstudio.com";

  private RepositoryAddress() {}

  /** Returns the form of a URL; nothing if it names no repository on a host. */
  public static Optional<String> of(String url) {
    String text = url.strip();
    if (text.length() > LONGEST || text.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
      return Optional.empty();
    }
    int scheme = text.indexOf("://");
    if (scheme < 0) {
      Matcher scp = SCP_LIKE.matcher(text);
      return scp.matches() ? of(scp.group(1), scp.group(2)) : Optional.empty();
    }
    String rest = text.substring(scheme + 3);
    int slash = rest.indexOf('/');
    if (!SCHEMES.contains(text.substring(0, scheme).toLowerCase(Locale.ROOT)) || slash <= 0) {
      return Optional.empty();
    }
    String authority = rest.substring(0, slash);
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    return of(PORT.matcher(host).replaceFirst(""), rest.substring(slash));
  }

  private static Optional<String> of(String givenHost, String givenPath) {
    String host = givenHost.toLowerCase(Locale.ROOT);
    while (host.endsWith(".")) {
      host = host.substring(0, host.length() - 1);
    }
    List<String> path = segments(givenPath);
    if (host.isEmpty() || path.isEmpty() || path.contains(".") || path.contains("..")) {
      return Optional.empty();
    }
    if (host.endsWith(VISUAL_STUDIO) && !HOSTS.containsKey(host)) {
      path.add(0, host.substring(0, host.length() - VISUAL_STUDIO.length()));
      host = "dev.azure.com";
    }
    host = HOSTS.getOrDefault(host, host);
    path = host.equals("dev.azure.com") ? ofAzure(path) : ofBitbucket(path);
    return path.isEmpty() ? Optional.empty() : Optional.of(host + "/" + String.join("/", path));
  }

  private static List<String> segments(String path) {
    String text = path.replaceFirst("[?#].*$", "");
    List<String> segments = new ArrayList<>();
    for (String each : decoded(text).toLowerCase(Locale.ROOT).split("/", -1)) {
      if (!each.isEmpty()) {
        segments.add(each);
      }
    }
    int last = segments.size() - 1;
    if (last >= 0 && segments.get(last).endsWith(".git") && segments.get(last).length() > 4) {
      segments.set(last, segments.get(last).substring(0, segments.get(last).length() - 4));
    }
    return segments;
  }

  private static String decoded(String path) {
    try {
      String decoded = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
      return decoded.chars().anyMatch(Character::isISOControl) ? path : decoded;
    } catch (IllegalArgumentException e) {
      // A lone percent sign stands for itself.
      return path;
    }
  }

  /** Bitbucket Data Center has {@code /scm/} before the path over HTTP, and nothing over SSH. */
  private static List<String> ofBitbucket(List<String> path) {
    int scm = path.indexOf("scm");
    return scm >= 0 && path.size() - scm == 3 ? path.subList(scm + 1, path.size()) : path;
  }

  /**
   * Organization, project and repository. Over HTTP there is {@code _git} before the repository,
   * perhaps a collection behind the organization, and a project whose repository has its name is
   * not said twice; over SSH there is {@code v3}.
   */
  private static List<String> ofAzure(List<String> given) {
    List<String> path = new ArrayList<>(given);
    if (path.get(0).equals("v3")) {
      path.remove(0);
    }
    if (path.size() > 2 && path.get(1).equals("defaultcollection")) {
      path.remove(1);
    }
    int git = path.indexOf("_git");
    if (git > 0 && git + 1 < path.size()) {
      path.remove(git);
      if (path.size() == 2) {
        path.add(path.get(1));
      }
    }
    return path;
  }
}
