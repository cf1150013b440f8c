/**
 * Says before a device is held what a run will need: memory a device by part, steps, tokens, hours
 * and GPU-hours, and which setting would fit when this one does not. {@code MemoryPlan} is the
 * arithmetic, {@code Fit} the search, {@code PlanText} what people read. Pure functions of the
 * run's numbers but for {@code PlanCommand}, which reads the files; imports the contract, the
 * model's layout and, in the command, storage, picocli and Jackson.
 */
package dev.keizoku.trainer.plan;
