import { buildAdLawStage } from './ad-law.ts';
import { buildAuthorityStage } from './authority.ts';
import type { CheckKnowledge } from './check-knowledge.ts';
import type { CheckStage } from './check-stage.ts';
import { buildDataChecks } from './data-checks.ts';
import { buildDateStage } from './date-weekday.ts';
import { buildNumeralStage } from './numerals.ts';
import { buildPunctuationStage } from './punctuation.ts';
import { buildSourceStage } from './source.ts';
import { buildSpellingStage } from './spelling/index.ts';
import { buildTermStage } from './terms.ts';

/** The office's procedure for a draft, in order. What a list says it says by its version; what overlaps is settled afterwards. */
export function buildChecks(knowledge: CheckKnowledge): readonly CheckStage[] {
  return [
    ...buildDataChecks(knowledge.school),
    // Are people, titles, order and units right on the day, and is the wording the fixed one?
    buildAuthorityStage(knowledge.authority, knowledge.school.name),
    buildTermStage(),
    // Do its dates agree with the calendar?
    buildDateStage(),
    // Does it promise what an advertisement may not?
    buildAdLawStage(),
    // Where is it from?
    buildSourceStage(),
    // Is every word spelled as it should be?
    buildSpellingStage(),
    // Are marks and numbers as the standards have them?
    buildPunctuationStage(),
    buildNumeralStage(),
  ];
}
