package dev.keizoku.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.storage.open.StoreRouter;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardingStoreTest {

  /** What a store does in its own way would silently be done in the plain one. */
  @ParameterizedTest
  @ValueSource(classes = {ForwardingStore.class, StoreRouter.class})
  void everythingReachesTheStoreThatDoesTheWork(Class<? extends ObjectStore> wrapping) {
    assertThat(Arrays.stream(ObjectStore.class.getDeclaredMethods()))
        // Written by create, which is the wrapping store's.
        .filteredOn(method -> !method.getName().equals("put"))
        .filteredOn(method -> !method.isSynthetic())
        .allSatisfy(method -> assertThat(declared(wrapping, method)).isNotNull());
  }

  private static Method declared(Class<?> type, Method method) throws NoSuchMethodException {
    return type.getDeclaredMethod(method.getName(), method.getParameterTypes());
  }
}
