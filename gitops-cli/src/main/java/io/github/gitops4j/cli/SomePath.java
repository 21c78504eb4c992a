package io.github.gitops4j.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A path that is not empty, which would be the current directory. */
final class SomePath implements ITypeConverter<Path> {
  @Override
  public Path convert(String value) {
    try {
      return Path.of(new SomeText().convert(value));
    } catch (InvalidPathException e) {
      throw new TypeConversionException("expected a path, not " + value);
    }
  }
}
