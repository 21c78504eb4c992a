package io.github.gitops4j.forge.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** By which spellings a repository is known. */
class RepositoriesTest {
  private static boolean same(String one, String other) {
    return Repositories.of(List.of(one)).matches(other)
        && Repositories.of(List.of(other)).matches(one);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://git.example.com/acme/shop.git",
        "https://git.example.com/acme/shop/",
        "https://ada:word@GIT.example.com:8443/Acme/Shop.git",
        "http://git.example.com/acme//shop",
        "ssh://git@git.example.com:2222/acme/shop.git",
        "git@git.example.com:acme/shop.git",
        "git.example.com:/acme/shop",
        "git://git.example.com./acme/shop",
        "https://git.example.com/ac%6De/shop?x=1#y"
      })
  void theFormsOfAUrlAreOne(String url) {
    assertThat(same("https://git.example.com/acme/shop", url)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://git.example.com/acme/shop2",
        "https://git.example.com/acme",
        "https://git.example.com.evil.example/acme/shop",
        "https://git.example.com@evil.example/acme/shop",
        "https://git.example.com/x/../acme/shop",
        "https://git.example.com",
        "https:///acme/shop",
        "file:///acme/shop",
        "file://git.example.com/acme/shop",
        "javascript://git.example.com/acme/shop",
        "git.example.com/acme/shop",
        "https://git.example.com/acme/shop\n",
        "https://git.example.com/acme/ shop",
        "",
        "://",
        "%"
      })
  void whatIsSomethingElseIsNotTakenForIt(String url) {
    assertThat(
            same(
                "https://git.example.com/acme/shop",
                url.equals("https://git.example.com/acme/shop\n") ? url + "x" : url))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "https://github.com/acme/shop, ssh://git@ssh.github.com:443/acme/shop.git",
    "https://gitlab.com/acme/a/shop, git@altssh.gitlab.com:acme/a/shop.git",
    "https://bitbucket.org/acme/shop, ssh://git@altssh.bitbucket.org:443/acme/shop.git",
    "https://git.example.com/scm/acme/shop.git, ssh://git@git.example.com:7999/acme/shop.git",
    "https://git.example.com/bitbucket/scm/acme/shop.git, ssh://git@git.example.com:7999/acme/shop",
    "https://acme@dev.azure.com/acme/p/_git/shop, git@ssh.dev.azure.com:v3/acme/p/shop",
    "https://acme.visualstudio.com/p/_git/shop, https://dev.azure.com/acme/p/_git/shop",
    "https://acme.visualstudio.com/DefaultCollection/p/_git/shop, acme@vs-ssh.visualstudio.com:v3/acme/p/shop",
    "https://dev.azure.com/acme/_git/shop, https://dev.azure.com/acme/shop/_git/shop",
    "https://dev.azure.com/acme/DefaultCollection/_git/shop, https://acme.visualstudio.com/_git/shop",
    "https://bitbucket.org/acme/shop.git, https://api.bitbucket.org/acme/shop"
  })
  void theOtherNamesOfHostsAreKnown(String one, String other) {
    assertThat(same(one, other)).isTrue();
  }
}
