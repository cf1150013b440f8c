package dev.keizoku.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

class PackageCirclesTest {
  @Test
  void aCircleThroughTheRootIsSeen() {
    var root = "dev.keizoku.testing.circle";
    var classes = new ClassFileImporter().importPackages(root);
    assertThatThrownBy(() -> PackageCircles.none(root, classes))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Cycle detected")
        .hasMessageContaining("circle.below");
  }
}
