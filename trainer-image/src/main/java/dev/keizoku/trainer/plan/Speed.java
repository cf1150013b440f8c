package dev.keizoku.trainer.plan;

import dev.keizoku.contract.train.Training.Precision;
import dev.keizoku.llm.config.ModelLayout;
import dev.keizoku.program.device.DeviceKind;
