package io.github.gitops4j.report;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** What somebody writes into names, values and messages who wants more than to be shown. */
final class HostileText {
  private static final List<String> PARTS =
      List.of(
          "`",
          "``",
          "```",
          "`".repeat(90),
          "`".repeat(500),
          "~~~",
          "~~gone~~",
          "|",
          "\\|",
          "\\\\|",
          "\\`",
          "\\",
          "\n",
          "\r",
          "\r\n\r\n",
          "\n---\n",
          "\n===\n",
          "\n/close\n",
          "/close",
          "\n# title\n",
          "\n> quoted\n",
          "\n- item\n",
          "\n    code\n",
          "\n[r]: http://evil.example/ \"t\"\n",
          "[r]",
          "![x](http://evil.example/x.png)",
          "[x](javascript:alert(1))",
          "<http://evil.example>",
          "http://evil.example/a",
          "www.evil.example",
          "somebody@evil.example",
          "mailto:somebody@evil.example",
          "xmpp:somebody@evil.example/a",
          "@all",
          "@team/admins",
          "#12",
          "!3",
          "GH-1",
          "acme/shop#7",
          "$4",
          "%5",
          "~label",
          "&epic",
          "0123456789abcdef0123456789abcdef01234567",
          ":smile:",
          "$a^2$",
          "$`a`$",
          "*b*",
          "__b__",
          "<b>",
          "</code>",
          "</details>",
          "<details open>",
          "<summary>",
          "<script>alert(1)</script>",
          "<img src=x onerror=alert(1)>",
          "<!-- gitops:plan -->",
          "<!--",
          "-->",
          "<![CDATA[",
          "]]>",
          "<?x",
          "&lt;",
          "&#64;all",
          "&",
          "\u001b[31m",
          "\u001b]8;;http://evil.example\u0007",
          "\u202e",
          "\u2066",
          "\u200b",
          "\u3164",
          "\u00ad",
          "\ufe0f",
          "\udb40\udd01",
          "\u0000",
          "\ufffe",
          "\u2028",
          "\ud800",
          "\udc00",
          "\ud83d\ude00",
          "\t",
          " ",
          "  ",
          "::error::x",
          "##[add-mask]x",
          "%0A::error::x",
          "=",
          ",",
          ":",
          "\"",
          "'",
          "//evil.example",
          "../..",
          "file:",
          "a",
          "x".repeat(600),
          "\u00e9",
          "\u65e5\u672c");

  private HostileText() {}

  /** Returns any text, mostly of such parts. */
  static Arbitrary<String> any() {
    Arbitrary<String> part =
        Arbitraries.frequencyOf(
            Tuple.of(8, Arbitraries.of(PARTS)),
            Tuple.of(1, Arbitraries.strings().all().ofMaxLength(5)),
            Tuple.of(1, Arbitraries.strings().ascii().ofMaxLength(12)));
    return part.list().ofMaxSize(5).map(parts -> String.join("", parts));
  }

  /** Returns as many as reports have places for. */
  static Arbitrary<List<String>> many() {
    return any().list().ofSize(HostileItems.TEXTS);
  }
}
