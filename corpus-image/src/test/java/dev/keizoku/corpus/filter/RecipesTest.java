package dev.keizoku.corpus.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.corpus.Recipe;
import dev.keizoku.contract.corpus.Rules;
import dev.keizoku.contract.setting.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The recipes of the file, the words of the resource and the page of the docs are the same. */
class RecipesTest {
  private static final Path PAGE = Path.of("../docs/recipes.md");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static JsonNode file() throws IOException {
    try (var file = Recipe.class.getResourceAsStream("/corpus/recipes.json")) {
      return JSON.readTree(file).get("of");
    }
  }

  private static String word(Recipe recipe) throws ReflectiveOperationException {
    return Recipe.class.getField(recipe.name()).getAnnotation(JsonProperty.class).value();
  }

  @ParameterizedTest
  @EnumSource
  void everyRecipeSetsRulesThatExist(Recipe recipe) throws Exception {
    var rules = file().get(word(recipe));
    assertThat(Check.unknown(rules, Rules.class)).isEmpty();
    Check.require(recipe.rules());
    assertThat(JSON.convertValue(rules, Rules.class)).isEqualTo(recipe.rules());
  }

  @Test
  void thePageSaysWhatTheyAsk() throws Exception {
    var page = Files.readAllLines(PAGE);
    var recipes =
        Arrays.stream(
                page.stream()
                    .filter(line -> line.startsWith("| rule"))
                    .findFirst()
                    .orElseThrow()
                    .split("\\|"))
            .skip(2)
            .map(String::strip)
            .toList();
    assertThat(recipes).hasSameSizeAs(Recipe.values());
    for (var rule : Rule.values()) {
      if (rule == Rule.BROKEN || rule == Rule.LONG) {
        continue;
      }
      var row =
          page.stream()
              .filter(line -> line.startsWith("|") && line.contains("(`" + rule.reason() + "`)"))
              .findFirst()
              .orElseThrow();
      var cells = Arrays.stream(row.split("\\|")).skip(2).map(String::strip).toList();
      assertThat(cells).as(rule.reason()).isEqualTo(limits(rule, recipes));
    }
  }

  private static List<String> limits(Rule rule, List<String> recipes) {
    return recipes.stream()
        .map(name -> JSON.convertValue(name, Recipe.class).rules())
        .map(rules -> rule.limit(rules).map(RecipesTest::written).orElse("-"))
        .collect(Collectors.toList());
  }

  private static String written(double limit) {
    return limit == Math.rint(limit) ? Long.toString((long) limit) : Double.toString(limit);
  }
}
