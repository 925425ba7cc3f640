import type { CheckKnowledge } from './check-knowledge.ts';
import type { CheckStage } from './check-stage.ts';
import { buildSecrecyStage } from './secrecy-marks.ts';
import { buildSourceStage } from './source.ts';

/** The office's procedure for a draft, in order. What a list says it says by its version; what overlaps is settled afterwards. */
export function buildChecks(_knowledge: CheckKnowledge): readonly CheckStage[] {
  return [
    // May it be published at all?
    buildSecrecyStage(),
    // Where is it from?
    buildSourceStage(),
  ];
}
