/**
 * Says before a device is held what a run will need: memory a device by part, steps, tokens, hours
 * and GPU-hours, and which setting would fit when this one does not. {@code plan.memory} is the
 * arithmetic, {@code Fit} the search, {@code PlanText} what people read, {@code PlanSummary} what
 * the operator reads. Pure functions of the run's numbers. Of its module it imports {@code optim},
 * {@code plan.memory}.
 */
package dev.keizoku.trainer.plan;
