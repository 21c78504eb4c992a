package io.github.gitops4j.report;

import java.util.List;

/**
 * A way to write reports. The same items give the same text.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public interface ReportFormat {
  /** Returns the items as one document that ends with a line end. */
  String render(List<ReportItem> items);

  /** Returns one item as a document that ends with a line end. */
  default String render(ReportItem item) {
    return render(List.of(item));
  }
}
