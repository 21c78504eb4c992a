package io.github.gitops4j.source;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the files in which one of some words is written, without understanding them. */
final class Mentions {
  private static final String WITHIN_WORDS = "._-:/";

  private final Set<String> words = new HashSet<>();
  // What is no word is searched for as it is.
  private final List<String> phrases = new ArrayList<>();

  Mentions(Set<String> sought) {
    for (String text : sought) {
      if (text.chars().allMatch(Mentions::isOfWord)) {
        words.add(text);
      } else {
        phrases.add(text);
      }
    }
  }

  /** Returns the files among these. */
  List<TreeEntry> in(SourceTree tree, List<TreeEntry> files, CallContext call) {
    List<TreeEntry> found = new ArrayList<>();
    for (TreeEntry file : files) {
      call.checkActive("search files");
      try (InputStream in = tree.open(file)) {
        if (areIn(new String(DocumentLimits.defaults().read(in), StandardCharsets.UTF_8))) {
          found.add(file);
        }
      } catch (IOException e) {
        throw new SourceException(
            FailureCategory.UNAVAILABLE,
            file.path() + ": reading failed: " + Failure.reasonOf(e),
            e);
      }
    }
    return found;
  }

  private boolean areIn(String text) {
    int begin = -1;
    for (int i = 0; i <= text.length(); i++) {
      if (i < text.length() && isOfWord(text.charAt(i))) {
        begin = begin < 0 ? i : begin;
      } else if (begin >= 0) {
        if (isSought(text.substring(begin, i))) {
          return true;
        }
        begin = -1;
      }
    }
    return phrases.stream().anyMatch(text::contains);
  }

  /** A colon that ends a key is not part of it. */
  private boolean isSought(String word) {
    return words.contains(word)
        || (word.endsWith(":") && words.contains(word.substring(0, word.length() - 1)));
  }

  private static boolean isOfWord(int c) {
    return (c < 0x80 && Character.isLetterOrDigit(c)) || WITHIN_WORDS.indexOf(c) >= 0;
  }
}
