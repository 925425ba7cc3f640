import type { CheckFinding, CheckInput, CheckLevel, CheckPlace } from '../../domain/check.ts';
import type { CheckStage } from '../check-stage.ts';
import { questionKey, versionOf } from '../text-stage.ts';
import { seriousSpellings, variantSpellings, wrongSpellings } from './fixed-list.ts';
import { type FixedHit, findFixedSpellings } from './fixed-spellings.ts';
import { findPatterns } from './patterns.ts';

const name = 'spelling';

interface Part {
  place: Pick<CheckPlace, 'part' | 'ref'>;
  text: string;
}

interface Hit {
  rule: string;
  start: number;
  end: number;
  right: string;
  /** False where both spellings live: told, not corrected. */
  corrects: boolean;
  level: CheckLevel;
  message: string;
}

function partsOf(input: CheckInput): Part[] {
  return [
    { place: { part: 'title', ref: null }, text: input.title },
    { place: { part: 'body', ref: null }, text: input.body },
    ...input.attachments.map(({ file, text }) => ({
      place: { part: 'attachment' as const, ref: file.hash },
      text,
    })),
  ];
}

function describeFixed({ start, end, wrong, right, kind }: FixedHit): Hit {
  const place = { rule: kind, start, end, right };
  if (kind === 'variant')
    return {
      ...place,
      corrects: false,
      level: 'info',
      message: `“${wrong}”是异形词，《第一批异形词整理表》推荐写“${right}”。`,
    };
  if (kind === 'serious')
    return {
      ...place,
      corrects: true,
      level: 'block',
      message: `“${wrong}”应为“${right}”，属严重表述错误，改正后才能提交。`,
    };
  return { ...place, corrects: true, level: 'warn', message: `“${wrong}”应为“${right}”。` };
}

function* findIn(text: string): Generator<Hit> {
  for (const hit of findFixedSpellings(text)) yield describeFixed(hit);
  for (const { start, end, wrong, right, rule, why } of findPatterns(text)) {
    const message = `“${wrong}”应为“${right}”：${why}。`;
    yield {
      rule,
      start,
      end,
      right,
      corrects: true,
      level: rule === 'party-congress' ? 'block' : 'warn',
      message,
    };
  }
}

/** Typing mistakes and confusions, in title, text and what was read out of attachments. */
export function buildSpellingStage(): CheckStage {
  const version = versionOf([seriousSpellings, wrongSpellings, variantSpellings]);
  const toFinding = ({ place, text }: Part, hit: Hit): CheckFinding => {
    const wrong = text.slice(hit.start, hit.end);
    return {
      category: 'typo',
      level: hit.level,
      stage: name,
      rule: hit.rule,
      version,
      place: { ...place, start: hit.start, end: hit.end },
      text: wrong,
      suggestion: hit.corrects ? hit.right : null,
      message: hit.message,
      key: questionKey(name, hit.rule, wrong, hit.right),
    };
  };
  return {
    name,
    version,
    run: (input) => ({
      findings: partsOf(input).flatMap((part) =>
        Array.from(findIn(part.text), (hit) => toFinding(part, hit)),
      ),
    }),
  };
}
