package io.github.gitops4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrongOptionsTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "plan --limit-lines -1, expected a number from 1 on, not -1",
        "history --limit 0, expected a number from 1 on, not 0",
        "publish comment --number x, expected a number from 1 on, not x",
        "unpin --by =, \"expected a value, and it is empty\"",
        "plan --cache-dir =, \"expected a value, and it is empty\"",
        "plan -f =, \"expected a value, and it is empty\"",
        "plan -o xml, \"expected one of text, json, markdown, junit, sarif, annotations, code-quality\"",
        "demo --report json=r.json, --report: gitops demo makes no report",
        "run --report json=r.json, --report: gitops run makes no report",
        "run --lock ., --lock: opening . failed: Is a directory"
      })
  void aWrongOptionIsRefusedBeforeAnythingIsDone(String command, String complaint) {
    String[] words = command.split(" ", -1);
    for (int i = 0; i < words.length; i++) {
      words[i] = words[i].equals("=") ? "" : words[i];
    }
    CommandRun run = CommandRun.of(words);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains(complaint);
  }
}
