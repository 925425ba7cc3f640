import { buildAdLawStage } from './ad-law.ts';
import type { CheckKnowledge } from './check-knowledge.ts';
import type { CheckStage } from './check-stage.ts';
import { buildDateStage } from './date-weekday.ts';
import { buildNumeralStage } from './numerals.ts';
import { buildPunctuationStage } from './punctuation.ts';
import { buildSecrecyStage } from './secrecy-marks.ts';
import { buildSourceStage } from './source.ts';

/** The office's procedure for a draft, in order. What a list says it says by its version; what overlaps is settled afterwards. */
export function buildChecks(_knowledge: CheckKnowledge): readonly CheckStage[] {
  return [
    // May it be published at all?
    buildSecrecyStage(),
    // Do its dates agree with the calendar?
    buildDateStage(),
    // Does it promise what an advertisement may not?
    buildAdLawStage(),
    // Where is it from?
    buildSourceStage(),
    // Are marks and numbers as the standards have them?
    buildPunctuationStage(),
    buildNumeralStage(),
  ];
}
