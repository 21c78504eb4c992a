package io.github.gitops4j.cli;

import java.util.Collection;

/** How the command ends; scripts rely on the numbers. The order is from best to worst. */
enum Exit {
  DONE(0),
  CHANGES(2),
  REFUSED(3),
  PARTLY(4),
  ERROR(1);

  private final int code;

  Exit(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static Exit worst(Collection<Exit> exits) {
    return exits.stream().max(Exit::compareTo).orElse(DONE);
  }
}
