package dev.keizoku.operator.job;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.util.StdConverter;
import dev.keizoku.operator.naming.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobList;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpecBuilder;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Leaves out of the Jobs, pods and run files that come by list or watch what no look asks for: most
 * of what the informers would keep of each run, for as long as it is there. What is asked for by
 * name, or answered to a write, comes whole. A watch's bookmarks are objects without anything in
 * them.
 */
public final class Pruning {
  private static final Set<String> LABELS =
      Set.of(Labels.NAME, Labels.ATTEMPT, Labels.PLAN, Labels.QUEUE);

  private Pruning() {}

  /** Has a mapper read them so. */
  public static void addTo(ObjectMapper mapper) {
    mapper.addMixIn(JobList.class, JobItems.class);
    mapper.addMixIn(PodList.class, PodItems.class);
    mapper.addMixIn(ConfigMapList.class, ConfigMapItems.class);
    mapper.addMixIn(WatchEvent.class, Watched.class);
  }

  private interface JobItems {
    @JsonDeserialize(contentConverter = ShortJob.class)
    void setItems(List<Job> items);
  }

  private interface PodItems {
    @JsonDeserialize(contentConverter = ShortPod.class)
    void setItems(List<Pod> items);
  }

  private interface ConfigMapItems {
    @JsonDeserialize(contentConverter = ShortConfigMap.class)
    void setItems(List<ConfigMap> items);
  }

  private abstract static class Watched {
    @JsonDeserialize(using = ShortObject.class)
    private Object object;

    @JsonDeserialize(using = ShortObject.class)
    abstract void setObject(Object object);
  }

  private static final class ShortObject extends JsonDeserializer<Object> {
    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return switch (context.readValue(parser, KubernetesResource.class)) {
        case Job job -> new ShortJob().convert(job);
        case Pod pod -> new ShortPod().convert(pod);
        case ConfigMap file -> new ShortConfigMap().convert(file);
        case KubernetesResource other -> other;
      };
    }
  }

  private static final class ShortJob extends StdConverter<Job, Job> {
    @Override
    public Job convert(Job job) {
      forgetWords(job);
      job.setSpec(job.getSpec() == null ? null : prune(job.getSpec()));
      SharedEmpties.in(job);
      return job;
    }

    private static JobSpec prune(JobSpec spec) {
      return new JobSpecBuilder()
          .withBackoffLimit(spec.getBackoffLimit())
          .withManagedBy(spec.getManagedBy())
          .withSuspend(spec.getSuspend())
          .withSelector(spec.getSelector())
          .withNewTemplate()
          .withSpec(spec.getTemplate() == null ? null : shorter(spec.getTemplate().getSpec()))
          .endTemplate()
          .build();
    }
  }

  private static final class ShortPod extends StdConverter<Pod, Pod> {
    @Override
    public Pod convert(Pod pod) {
      forgetWords(pod);
      pod.setSpec(shorter(pod.getSpec()));
      pod.setStatus(pod.getStatus() == null ? null : prune(pod.getStatus()));
      SharedEmpties.in(pod);
      return pod;
    }

    private static PodStatus prune(PodStatus status) {
      return new PodStatusBuilder()
          .withPhase(status.getPhase())
          .withReason(status.getReason())
          .withMessage(status.getMessage())
          .withPodIP(status.getPodIP())
          .withConditions(status.getConditions())
          .withContainerStatuses(each(status.getContainerStatuses()).map(ShortPod::prune).toList())
          .build();
    }

    private static ContainerStatus prune(ContainerStatus status) {
      return new ContainerStatusBuilder()
          .withName(status.getName())
          .withImageID(status.getImageID())
          .withState(status.getState())
          .build();
    }
  }

  private static final class ShortConfigMap extends StdConverter<ConfigMap, ConfigMap> {
    @Override
    public ConfigMap convert(ConfigMap file) {
      forgetWords(file);
      file.setData(null);
      file.setBinaryData(null);
      SharedEmpties.in(file);
      return file;
    }
  }

  private static void forgetWords(HasMetadata child) {
    var meta = child.getMetadata();
    meta.setAnnotations(null);
    if (meta.getLabels() != null) {
      var labels = new HashMap<>(meta.getLabels());
      labels.keySet().retainAll(LABELS);
      meta.setLabels(Map.copyOf(labels));
    }
  }

  private static PodSpec shorter(PodSpec spec) {
    return spec == null
        ? null
        : new PodSpecBuilder()
            .withNodeName(spec.getNodeName())
            .withContainers(each(spec.getContainers()).map(Pruning::shorter).toList())
            .build();
  }

  private static Container shorter(Container container) {
    return new ContainerBuilder()
        .withName(container.getName())
        .withImage(container.getImage())
        .withPorts(container.getPorts())
        .withResources(container.getResources())
        .build();
  }

  private static <T> Stream<T> each(List<T> items) {
    return Stream.ofNullable(items).flatMap(List::stream);
  }
}
