package io.github.gitops4j.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A text that is not blank: an empty one is mostly a variable that a script has not set. */
final class SomeText implements ITypeConverter<String> {
  @Override
  public String convert(String value) {
    if (value.isBlank()) {
      throw new TypeConversionException("expected a value, and it is empty");
    }
    return value;
  }
}
