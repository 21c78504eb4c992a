package io.github.gitops4j.history;

import io.github.gitops4j.gate.GateDecision;
import io.github.gitops4j.gate.GateVerdict;
import io.github.gitops4j.plan.ActionKind;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.MappingReader;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.source.Provenance;
import io.github.gitops4j.source.Trust;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who made a revision, what was planned and what the gates decided, as JSON. What is not known is
 * left out: a record is read back byte for byte, and older ones lack the newer fields.
 */
final class ContextJson {
  private static final String PLANNED = "planned";
  private static final String COMMITTER = "committer";
  private static final String UNTIL = "until";
  private static final Instant FIRST = Instant.ofEpochMilli(Long.MIN_VALUE);
  private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE);

  private ContextJson() {}

  static Mapping.Builder write(Mapping.Builder json, HistoryEvent.OperationContext context) {
    json.put("provenance", provenance(context.provenance()))
        .put("decisions", decisions(context.decisions()));
    if (!context.planned().isEmpty()) {
      json.put(PLANNED, planned(context.planned()));
    }
    context.approvedBy().ifPresent(by -> json.put("approvedBy", WellFormed.text(by)));
    return json;
  }

  static HistoryEvent.OperationContext read(MappingReader json) {
    return new HistoryEvent.OperationContext(
        readProvenance(json.object("provenance")),
        json.optionalObject(PLANNED).map(ContextJson::readPlanned).orElse(Map.of()),
        json.objects("decisions").stream().map(ContextJson::readDecision).toList(),
        json.optionalText("approvedBy"));
  }

  private static Mapping planned(Map<ActionKind, Integer> planned) {
    Mapping.Builder json = Mapping.builder();
    planned.forEach((kind, count) -> json.put(kind.name(), Numeral.of(count)));
    return json.build();
  }

  private static Map<ActionKind, Integer> readPlanned(MappingReader json) {
    Map<ActionKind, Integer> planned = new EnumMap<>(ActionKind.class);
    for (String name : json.names()) {
      try {
        planned.put(ActionKind.valueOf(name), json.smallNumber(name));
      } catch (IllegalArgumentException e) {
        throw json.wrong(name, "a known kind of action");
      }
    }
    return planned;
  }

  private static Mapping provenance(Provenance provenance) {
    Mapping.Builder json =
        Mapping.builder()
            .put("author", WellFormed.text(provenance.author()))
            .put("summary", WellFormed.text(provenance.summary()))
            .put("trust", WellFormed.text(provenance.trust().name()));
    if (!provenance.committer().isEmpty()) {
      json.put(COMMITTER, WellFormed.text(provenance.committer()));
    }
    provenance.time().ifPresent(time -> json.put("time", Numeral.of(time.toEpochMilli())));
    provenance.signer().ifPresent(signer -> json.put("signer", WellFormed.text(signer)));
    return json.build();
  }

  private static Provenance readProvenance(MappingReader json) {
    return new Provenance(
        json.text("author"),
        json.optionalText(COMMITTER).orElse(""),
        readTime(json, "time"),
        json.text("summary"),
        json.optionalText("signer"),
        json.constant("trust", Trust.class));
  }

  private static Optional<Instant> readTime(MappingReader json, String name) {
    return json.value(name).map(any -> Instant.ofEpochMilli(json.number(name)));
  }

  private static Sequence decisions(List<GateDecision> decisions) {
    Sequence.Builder list = Sequence.builder();
    decisions.forEach(decision -> list.add(decision(decision)));
    return list.build();
  }

  private static Mapping decision(GateDecision decision) {
    Mapping.Builder json =
        Mapping.builder()
            .put("gate", WellFormed.text(decision.gate()))
            .put("verdict", Text.of(decision.verdict().word()))
            .put("reason", WellFormed.text(decision.verdict().reason()));
    if (decision.verdict() instanceof GateVerdict.Await await) {
      await
          .until()
          .filter(until -> !until.isBefore(FIRST) && !until.isAfter(LAST))
          .ifPresent(until -> json.put(UNTIL, Numeral.of(until.toEpochMilli())));
    }
    return json.build();
  }

  private static GateDecision readDecision(MappingReader json) {
    String reason = json.text("reason");
    GateVerdict verdict =
        switch (json.text("verdict")) {
          case "allow" -> new GateVerdict.Allow(reason);
          case "deny" -> new GateVerdict.Deny(reason);
          case "await" -> new GateVerdict.Await(reason, readTime(json, UNTIL));
          default -> throw json.wrong("verdict", "allow, deny or await");
        };
    return new GateDecision(json.text("gate"), verdict);
  }
}
