package dev.keizoku.testing;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** The rule that no package of a module leads back to itself. */
public final class PackageCircles {
  private PackageCircles() {}

  /**
   * Checks that there is no circle.
   *
   * @param root the module's topmost package, which is one of those looked at: a pattern like
   *     {@code root.(*)..} leaves it out
   * @param classes of the module
   * @throws AssertionError with the classes of a circle
   */
  public static void none(String root, JavaClasses classes) {
    SlicesRuleDefinition.slices()
        .assignedFrom(new Packages(root))
        .should()
        .beFreeOfCycles()
        .check(classes);
  }

  private record Packages(String root) implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      var name = type.getPackageName();
      return name.equals(root) || name.startsWith(root + ".")
          ? SliceIdentifier.of(name)
          : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "packages of " + root;
    }
  }
}
