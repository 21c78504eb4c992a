package io.github.gitops4j.examples.quickstart;

import io.github.gitops4j.report.Ink;
import io.github.gitops4j.report.TextRenderer;
import java.io.PrintStream;

/** Tells what happens, step by step, and stops the run if something else happened. */
final class Story {
  private static final String BOLD = "\u001b[1m";
  private static final String QUIET = "\u001b[2m";
  private static final String END = "\u001b[0m";

  private final PrintStream out;
  private final Ink ink;
  private final TextRenderer renderer;
  private int steps;

  Story(PrintStream out, Ink ink) {
    this.out = out;
    this.ink = ink;
    this.renderer = TextRenderer.builder().ink(ink).build();
  }

  TextRenderer renderer() {
    return renderer;
  }

  /** Begins a step. */
  void step(String title, String explanation) {
    steps++;
    out.println();
    out.println(paint(BOLD, steps + ". " + title));
    tell(explanation);
  }

  /** Explains what comes next. */
  void tell(String explanation) {
    out.println(paint(QUIET, "   " + explanation));
  }

  /** Shows text, indented. */
  void show(String text) {
    text.lines().forEach(line -> out.println("   " + line));
  }

  /** Ends the run if a step did not do what it says. */
  void check(boolean holds, String expected) {
    if (!holds) {
      throw new IllegalStateException("step " + steps + ": expected " + expected);
    }
  }

  private String paint(String code, String text) {
    return ink == Ink.COLORED ? code + text + END : text;
  }
}
