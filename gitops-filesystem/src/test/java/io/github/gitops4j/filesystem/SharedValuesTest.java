package io.github.gitops4j.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharedValuesTest {
  private static final int MANY = 200_000;

  private final SharedValues<Box> values = new SharedValues<>();

  private record Box(int number) {}

  @Test
  void equalValuesBecomeTheSameObjectHoweverManyThereAre() {
    Box[] first = new Box[MANY];
    for (int i = 0; i < MANY; i++) {
      first[i] = values.share(new Box(i));
    }
    for (int i = 0; i < MANY; i++) {
      assertThat(values.share(new Box(i))).isSameAs(first[i]);
    }
    assertThat(values.size()).isEqualTo(MANY);
  }

  @Test
  void keepsWhatIsNeededAndForgetsWhatIsFarTooMuch() {
    Box first = values.share(new Box(0));
    for (int i = 1; i < MANY; i++) {
      values.share(new Box(i));
    }
    values.bound(MANY);
    assertThat(values.share(new Box(0))).isSameAs(first);
    values.bound(1);
    assertThat(values.size()).isZero();
    assertThat(values.share(new Box(0))).isEqualTo(first).isNotSameAs(first);
  }
}
