package io.github.gitops4j.cli;

import io.github.gitops4j.forge.publish.Forge;
import io.github.gitops4j.forge.publish.ForgeClient;
import io.github.gitops4j.resource.Sensitive;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Options that say where to publish. Nothing of it is taken from a variable that is not named. */
final class ForgeOptions {
  @Option(
      names = "--forge",
      required = true,
      paramLabel = "FORGE",
      description = "What host it is: github, gitlab, gitea, forgejo, bitbucket-cloud or -dc.")
  String forge = "";

  @Option(
      names = "--api",
      paramLabel = "URL",
      description = {
        "The base URL of its API, such as https://gitlab.example.com/api/v4.",
        "Left out, it is that of github.com, gitlab.com or bitbucket.org."
      })
  Optional<String> api = Optional.empty();

  @Option(
      names = "--repository",
      required = true,
      paramLabel = "NAME",
      description = "OWNER/NAME; at GitLab the path of the project or its number.")
  String repository = "";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Holds the token and nothing else.")
  Optional<String> tokenFile = Optional.empty();

  @Option(
      names = "--token-env",
      paramLabel = "NAME",
      description = "The variable that holds the token.")
  Optional<String> tokenEnv = Optional.empty();

  @Option(
      names = "--author",
      paramLabel = "LOGIN",
      description = {
        "The account by which comments and issues of ours are written.",
        "Left out, it is that of the token, or any bot for the token of a job at GitHub."
      })
  Optional<String> author = Optional.empty();

  @Option(
      names = "--plain-http",
      description = "Allows a token to be sent without TLS to another machine.")
  boolean plainHttp;

  @Option(names = "--public-only", description = "Refuses a host of which any address is private.")
  boolean publicOnly;

  ForgeClient client(Console console) {
    if (tokenFile.isPresent() == tokenEnv.isPresent()) {
      throw Problems.wrong("--token-file", "expected either --token-file or --token-env");
    }
    Forge known = forge("--forge", forge);
    Sensitive<String> token =
        tokenFile.map(TokenFile::read).orElseGet(() -> variable(console, tokenEnv.orElseThrow()));
    ForgeClient.Builder client =
        builder("--api or --repository", known, api, repository, () -> token);
    author.ifPresent(client::author);
    if (plainHttp) {
      client.plainHttp();
    }
    if (publicOnly) {
      client.publicAddressesOnly();
    }
    return build("--api", client);
  }

  private static Sensitive<String> variable(Console console, String name) {
    String value = console.variable(name);
    if (value.isEmpty()) {
      throw Problems.wrong("--token-env", "the variable " + name + " is not set, or empty");
    }
    return Sensitive.of(value);
  }

  static Forge forge(String option, String id) {
    try {
      return Forge.parse(id);
    } catch (IllegalArgumentException e) {
      throw Problems.wrong(option, String.valueOf(e.getMessage()));
    }
  }

  /** Starts a client, or says what is wrong with its address. */
  static ForgeClient.Builder builder(
      String option,
      Forge forge,
      Optional<String> api,
      String repository,
      Supplier<Sensitive<String>> tokens) {
    try {
      URI url =
          api.map(URI::create)
              .or(forge::publicApi)
              .orElseThrow(
                  () -> Problems.wrong(option, "missing; every " + forge.id() + " has its own"));
      return ForgeClient.builder(forge, url, repository, tokens);
    } catch (IllegalArgumentException e) {
      throw Problems.wrong(option, String.valueOf(e.getMessage()));
    }
  }

  static ForgeClient build(String option, ForgeClient.Builder client) {
    try {
      return client.build();
    } catch (IllegalArgumentException e) {
      throw Problems.wrong(option, String.valueOf(e.getMessage()));
    }
  }
}
