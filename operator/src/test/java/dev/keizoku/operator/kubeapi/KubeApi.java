package dev.keizoku.operator.kubeapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.operator.CompressedAnswers;
import dev.keizoku.operator.ForwardCompatibleMapper;
import dev.keizoku.operator.SharedRecords;
import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** One API server for all tests of the JVM, with our definitions; each test gets a namespace. */
public final class KubeApi {
  private static final Path ROOT = Path.of("..");
  private static final String OPERATOR = "system:serviceaccount:%s:keizoku-operator";

  /** Of one request; far more than is ever needed, so that a busy machine makes nothing fail. */
  private static final int PATIENCE_MILLIS = 60_000;

  private static final AtomicInteger NAMESPACES = new AtomicInteger();
  private static KubeApi instance;

  private final String kubeconfig;
  private final KubernetesClient admin;
  private final Set<ApiCall> calls = ConcurrentHashMap.newKeySet();

  private KubeApi() {
    var server = new KubeAPIServer();
    server.start();
    Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
    kubeconfig = server.getKubeConfigYaml();
    admin = patient(kubeconfig);
    installDefinitions(admin);
    grantTheChartsRights();
  }

  static synchronized KubeApi get() {
    if (instance == null) {
      instance = new KubeApi();
    }
    return instance;
  }

  /** A client that waits long for each answer. */
  public static KubernetesClient patient(String kubeconfig) {
    var config =
        new ConfigBuilder(Config.fromKubeconfig(kubeconfig))
            .withRequestTimeout(PATIENCE_MILLIS)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /** A client that may do everything. */
  KubernetesClient admin() {
    return admin;
  }

  /** How a program finds the API server, with all rights; written into that folder. */
  Path kubeconfigFile(Path folder) {
    try {
      return Files.writeString(folder.resolve("kubeconfig"), kubeconfig);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A client of that name that may do everything. */
  KubernetesClient as(String user) {
    var config =
        new ConfigBuilder(Config.fromKubeconfig(kubeconfig))
            .withImpersonateUsername(user)
            .withImpersonateGroups("system:masters")
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /**
   * A client with the rights of the chart's ServiceAccount and no more.
   *
   * @param beforeRequest what happens before each request, to where
   */
  KubernetesClient operator(Consumer<URI> beforeRequest) {
    return operator("keizoku-system", beforeRequest);
  }

  /** A client of the operator that a release in that namespace has. */
  KubernetesClient operatorOf(String home) {
    return operator(home, address -> {});
  }

  private KubernetesClient operator(String home, Consumer<URI> beforeRequest) {
    var config =
        new ConfigBuilder(Config.fromKubeconfig(kubeconfig))
            .withImpersonateUsername(OPERATOR.formatted(home))
            .withNamespace(home)
            .build();
    var mapper = new ObjectMapper();
    new ForwardCompatibleMapper().customize(mapper);
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientFactory(new CompressedAnswers(null))
        .withKubernetesSerialization(new SharedRecords(mapper, true))
        .withHttpClientBuilderConsumer(
            http -> http.addOrReplaceInterceptor("before", before(beforeRequest)))
        .build();
  }

  /** What the operators of this JVM have asked the API server for. */
  Set<ApiCall> calls() {
    return calls;
  }

  private Interceptor before(Consumer<URI> happens) {
    return new Interceptor() {
      @Override
      public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        ApiCall.of(request.method(), request.uri()).ifPresent(calls::add);
        happens.accept(request.uri());
      }
    };
  }

  /** A new namespace that admits pods of PodSecurity restricted only. */
  String newNamespace() {
    var name = "it-" + NAMESPACES.incrementAndGet();
    var namespace =
        new NamespaceBuilder()
            .withNewMetadata()
            .withName(name)
            .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
            .endMetadata()
            .build();
    admin.resource(namespace).create();
    return name;
  }

  /** Gives the chart's definitions to that API server, and waits until it serves them. */
  public static void installDefinitions(KubernetesClient admin) {
    try (var files = Files.newDirectoryStream(ROOT.resolve("charts/keizoku/crds"), "*.yaml")) {
      for (var file : files) {
        admin.load(Files.newInputStream(file)).serverSideApply().stream()
            .map(CustomResourceDefinition.class::cast)
            .forEach(definition -> awaitServed(admin, definition));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitServed(KubernetesClient admin, CustomResourceDefinition definition) {
    var kind = definition.getSpec().getNames().getKind();
    Awaitility.await(kind)
        .atMost(Duration.ofMinutes(5))
        // It is not told of before it is served.
        .ignoreExceptions()
        .until(
            () ->
                admin
                        .genericKubernetesResources("keizoku.dev/v1alpha1", kind)
                        .inAnyNamespace()
                        .list()
                    != null);
  }

  private void grantTheChartsRights() {
    var namespace =
        new NamespaceBuilder().withNewMetadata().withName("keizoku-system").endMetadata().build();
    admin.resource(namespace).create();
    var role =
        new ClusterRoleBuilder()
            .withNewMetadata()
            .withName("operator-under-test")
            .endMetadata()
            .withRules(chartRules())
            .build();
    admin.resource(role).create();
    HasMetadata binding =
        new ClusterRoleBindingBuilder()
            .withNewMetadata()
            .withName("operator-under-test")
            .endMetadata()
            .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "operator-under-test")
            .addNewSubject(null, "ServiceAccount", "keizoku-operator", "keizoku-system")
            .build();
    admin.resource(binding).create();
  }

  /** The rules as they stand in the chart for an operator that serves the whole cluster. */
  static List<PolicyRule> chartRules() {
    return Stream.of("keizoku.rules", "keizoku.clusterRules", "keizoku.boostRules")
        .flatMap(KubeApi::rules)
        .toList();
  }

  /** Plain YAML between the template's define and end. */
  private static Stream<PolicyRule> rules(String template) {
    try {
      var helpers = Files.readString(ROOT.resolve("charts/keizoku/templates/_helpers.tpl"));
      var begin = helpers.indexOf("\n", helpers.indexOf("define \"" + template + "\"")) + 1;
      var yaml = helpers.substring(begin, helpers.indexOf("{{- end }}", begin));
      return Stream.of(Serialization.unmarshal(yaml, PolicyRule[].class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
