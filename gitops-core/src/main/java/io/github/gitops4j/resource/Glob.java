package io.github.gitops4j.resource;

/**
 * A pattern with {@code *} and {@code ?}; empty takes everything.
 *
 * <p>Matched by hand: the time is bounded by the product of the lengths for every pattern.
 */
record Glob(String pattern) {
  boolean takes(String text) {
    if (pattern.isEmpty()) {
      return true;
    }
    int inPattern = 0;
    int inText = 0;
    int star = -1;
    int starText = 0;
    while (inText < text.length()) {
      if (inPattern < pattern.length() && pattern.charAt(inPattern) == '*') {
        star = inPattern++;
        starText = inText;
      } else if (takesOne(inPattern, text.charAt(inText))) {
        inPattern++;
        inText++;
      } else if (star >= 0) {
        inPattern = star + 1;
        inText = ++starText;
      } else {
        return false;
      }
    }
    while (inPattern < pattern.length() && pattern.charAt(inPattern) == '*') {
      inPattern++;
    }
    return inPattern == pattern.length();
  }

  private boolean takesOne(int position, char c) {
    return position < pattern.length()
        && (pattern.charAt(position) == '?' || pattern.charAt(position) == c);
  }
}
