package io.github.gitops4j.cli;

import io.github.gitops4j.forge.webhook.ChangedFiles;
import io.github.gitops4j.forge.webhook.Delivery;
import io.github.gitops4j.forge.webhook.Proposal;
import io.github.gitops4j.forge.webhook.RefUpdate;
import io.github.gitops4j.forge.webhook.Verdict;
import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Null;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.util.List;
import java.util.Optional;

/** A verdict as JSON. The fields of a ref are those of the first one that moved. */
final class VerdictJson {
  private VerdictJson() {}

  static Mapping of(Verdict verdict) {
    Mapping.Builder json =
        Mapping.builder()
            .put("verified", Bool.of(verdict.verified().isPresent()))
            .put("httpStatus", Numeral.of(verdict.httpStatus()))
            .put("kind", Text.of(verdict.kind().toString()))
            .put("message", Text.of(verdict.message()));
    Optional<Delivery> delivery = verdict.verified();
    json.put("provider", text(delivery.map(known -> known.provider().id())));
    json.put("event", text(delivery.map(Delivery::event)));
    json.put("delivery", text(delivery.map(Delivery::id)));
    List<RefUpdate> updates = updates(verdict);
    put(json, updates.stream().findFirst());
    Sequence.Builder all = Sequence.builder();
    for (RefUpdate update : updates) {
      Mapping.Builder one = Mapping.builder();
      put(one, Optional.of(update));
      all.add(one.build());
    }
    json.put("refs", all.build());
    json.put("repositories", repositories(verdict));
    if (verdict instanceof Verdict.PullRequest pull) {
      json.put("pullRequest", proposal(pull.proposal()));
    }
    return json.build();
  }

  static List<RefUpdate> updates(Verdict verdict) {
    return verdict instanceof Verdict.Moved moved ? moved.updates() : List.of();
  }

  private static void put(Mapping.Builder json, Optional<RefUpdate> update) {
    Optional<RefUpdate.Change> change = update.map(RefUpdate::change);
    json.put("ref", text(update.map(RefUpdate::ref)));
    json.put("refType", text(update.map(known -> known.type().toString())));
    json.put("shortRef", text(update.map(RefUpdate::shortRef)));
    json.put("before", text(update.map(RefUpdate::before)));
    json.put("after", text(update.map(RefUpdate::after)));
    json.put("created", is(change, RefUpdate.Change.CREATED));
    json.put("deleted", is(change, RefUpdate.Change.DELETED));
    json.put("forced", is(change, RefUpdate.Change.FORCED));
    json.put("changedFiles", update.map(known -> files(known.files())).orElse(Null.INSTANCE));
  }

  private static Value is(Optional<RefUpdate.Change> change, RefUpdate.Change wanted) {
    return change.<Value>map(known -> Bool.of(known == wanted)).orElse(Null.INSTANCE);
  }

  private static Value text(Optional<String> text) {
    return text.filter(known -> !known.isEmpty()).<Value>map(Text::of).orElse(Null.INSTANCE);
  }

  /** A list if it is whole, or else the word that says why there is none. */
  private static Value files(ChangedFiles files) {
    if (files instanceof ChangedFiles.Known known) {
      Sequence.Builder paths = Sequence.builder();
      known.paths().forEach(path -> paths.add(Text.of(path)));
      return paths.build();
    }
    return Text.of(files instanceof ChangedFiles.Truncated ? "truncated" : "unknown");
  }

  private static Sequence repositories(Verdict verdict) {
    List<String> addresses = List.of();
    if (verdict instanceof Verdict.Moved moved) {
      addresses = moved.repositories().addresses();
    } else if (verdict instanceof Verdict.PullRequest pull) {
      addresses = pull.repositories().addresses();
    }
    Sequence.Builder list = Sequence.builder();
    addresses.forEach(address -> list.add(Text.of(address)));
    return list.build();
  }

  private static Mapping proposal(Proposal proposal) {
    return Mapping.builder()
        .put("number", text(Optional.of(proposal.number())))
        .put("action", text(Optional.of(proposal.action())))
        .put("headRef", text(Optional.of(proposal.headRef())))
        .put("headRevision", text(Optional.of(proposal.headRevision())))
        .put("baseRef", text(Optional.of(proposal.baseRef())))
        .build();
  }
}
