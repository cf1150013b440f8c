package dev.keizoku.crd.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.keizoku.contract.result.ProgressReport.Notice;
import java.util.List;
import java.util.Map;

/** The newest word of the running program, in Kubeflow Trainer's shape where it has one. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Progress(
    @JsonPropertyDescription("What the program does now.") String stage,
    @JsonPropertyDescription("Units done.") Long step,
    @JsonPropertyDescription("Units in all; not set while unknown.") Long totalSteps,
    @JsonPropertyDescription("bytes, documents, steps or requests.") String unit,
    @JsonPropertyDescription("0 to 100; not set while unknown.") Integer progressPercentage,
    @JsonPropertyDescription("Seconds to the end; not set while unknown.")
        Long estimatedRemainingSeconds,
    @JsonPropertyDescription("Numbers by name, for instance loss and tokensPerSecond.")
        Map<String, Double> metrics,
    @JsonPropertyDescription("When the program said so, RFC 3339.") String lastUpdatedTime,
    @JsonPropertyDescription("When the program was last seen to go on, RFC 3339.")
        String lastProgressTime,
    @JsonPropertyDescription("What happened that did not end the run, oldest first.")
        List<Notice> notices) {}
