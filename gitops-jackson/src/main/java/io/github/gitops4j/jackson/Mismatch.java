package io.github.gitops4j.jackson;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;

/**
 * What a mapper could not read, without what was there: Jackson's own messages quote it.
 *
 * @param path where
 * @param problem what was expected
 */
record Mismatch(FieldPath path, String problem) {
  static Mismatch of(JsonMappingException problem, Class<?> type) {
    FieldPath path = FieldPath.root();
    for (JsonMappingException.Reference step : problem.getPath()) {
      path =
          step.getFieldName() == null
              ? path.index(step.getIndex())
              : path.field(step.getFieldName());
    }
    return new Mismatch(path, words(problem, type));
  }

  private static String words(JsonMappingException problem, Class<?> type) {
    if (problem instanceof UnrecognizedPropertyException) {
      return "unknown field";
    }
    Class<?> expected =
        problem instanceof MismatchedInputException mismatched ? mismatched.getTargetType() : null;
    return "expected " + (expected == null ? type : expected).getSimpleName();
  }

  InvalidInputException at(Document document, String file) {
    String where = path.isRoot() ? "" : path + ": ";
    return new InvalidInputException(file, document.lineOf(path), 0, where + problem);
  }
}
