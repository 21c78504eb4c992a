package io.github.gitops4j.report;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.history.HistoryRecord;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.TargetStatus;
import io.github.gitops4j.report.Ink.Tone;
import java.util.List;

/**
 * Renders as text for a terminal: one line for one thing, names last, so that lines can be read and
 * searched. Equal input gives equal text. What comes from outside cannot move the cursor.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class TextRenderer implements ReportFormat {
  private static final int DEFAULT_LIMIT = 50;

  private final Ink ink;
  private final int limit;

  private TextRenderer(Builder builder) {
    this.ink = builder.ink;
    this.limit = builder.limit;
  }

  /** Returns a renderer without colours that shows at most 50 lines of each list. */
  public static TextRenderer plain() {
    return builder().build();
  }

  /** Returns a builder. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String render(List<ReportItem> items) {
    Lines lines = new Lines(ink, limit);
    for (int i = 0; i < items.size(); i++) {
      if (i > 0) {
        lines.line("");
      }
      String application = items.get(i).application();
      if (!application.isEmpty()) {
        lines.line(lines.paint(Tone.TITLE, "application ") + Printable.of(application));
      }
      render(Items.plain(items.get(i)), lines);
    }
    return lines.toString();
  }

  private static void render(ReportItem item, Lines lines) {
    if (item instanceof ReportItem.OfPlan of) {
      new PlanText(lines).plan(of.plan());
    } else if (item instanceof ReportItem.OfPreview of) {
      new PlanText(lines).preview(of.from(), of.plan());
    } else if (item instanceof ReportItem.OfStatus of) {
      new StatusText(lines).status(of.status());
    } else if (item instanceof ReportItem.OfPass of) {
      new ReportText(lines).report(of.report());
    } else if (item instanceof ReportItem.OfHistory of) {
      new HistoryText(lines).history(of.records());
    } else if (item instanceof ReportItem.OfAudit of) {
      new HistoryText(lines).audit(of.audit());
    } else if (item instanceof ReportItem.OfDiff of) {
      new OtherText(lines).differences(of.differences());
    } else if (item instanceof ReportItem.OfHealth of) {
      new OtherText(lines).health(of.health());
    } else if (item instanceof ReportItem.OfInputs of) {
      new OtherText(lines).inputs(of);
    } else if (item instanceof ReportItem.OfKeptAside of) {
      new OtherText(lines).keptAside(of.kept());
    } else if (item instanceof ReportItem.OfFailure of) {
      new OtherText(lines).failure(of.failure());
    } else {
      throw new AssertionError(item);
    }
  }

  /** Renders what a pass would do; ends with a line end. */
  public String plan(Plan plan) {
    Lines lines = new Lines(ink, limit);
    new PlanText(lines).plan(plan);
    return lines.toString();
  }

  /** Renders what a pass did; ends with a line end. */
  public String report(ReconcileReport report) {
    Lines lines = new Lines(ink, limit);
    new ReportText(lines).report(report);
    return lines.toString();
  }

  /** Renders how a target stands; ends with a line end. */
  public String status(TargetStatus status) {
    Lines lines = new Lines(ink, limit);
    new StatusText(lines).status(status);
    return lines.toString();
  }

  /** Renders records of a history, in the order given; ends with a line end. */
  public String history(List<HistoryRecord> records) {
    Lines lines = new Lines(ink, limit);
    new HistoryText(lines).history(records);
    return lines.toString();
  }

  /** Builds a {@link TextRenderer}. Confined to one thread. */
  public static final class Builder {
    private Ink ink = Ink.PLAIN;
    private int limit = DEFAULT_LIMIT;

    private Builder() {}

    /** Default {@link Ink#PLAIN}. */
    public Builder ink(Ink value) {
      this.ink = requireNonNull(value, "ink");
      return this;
    }

    /** Default 50: how many lines of one list are shown; what is left out is counted. */
    public Builder limit(int value) {
      if (value < 1) {
        throw new IllegalArgumentException("at least one line, not " + value);
      }
      this.limit = value;
      return this;
    }

    /** Builds the renderer. */
    public TextRenderer build() {
      return new TextRenderer(this);
    }
  }
}
