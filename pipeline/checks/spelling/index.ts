import type { CheckFinding, CheckInput, CheckLevel, CheckPlace, Unchecked } from '../../domain/check.ts';
import type { CheckStage } from '../check-stage.ts';
import { questionKey, versionOf } from '../text-stage.ts';
import { seriousSpellings, variantSpellings, wrongSpellings } from './fixed-list.ts';
import { type FixedHit, findFixedSpellings } from './fixed-spellings.ts';
import { findLearnedSpellings, loadLearnedSpellings } from './learned-spellings.ts';
import { findPatterns } from './patterns.ts';
import type { Correction } from './reader.ts';
import { SpellingUnavailable } from './spelling-file.ts';

const name = 'spelling';

interface Part {
  place: Pick<CheckPlace, 'part' | 'ref'>;
  /** For whoever reads what was left out. */
  called: string;
  text: string;
  /** So much of it is read word by word; the lists see all of it. */
  readUntil: number;
}

/** UTF-16, of title, text and files together: some seconds. Longer are rolls and tables, for which nobody waits. */
const mostRead = 60_000;

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
  const parts: Omit<Part, 'readUntil'>[] = [
    { place: { part: 'title', ref: null }, called: '标题', text: input.title },
    { place: { part: 'body', ref: null }, called: '正文', text: input.body },
    ...input.attachments.map(({ file, text }) => ({
      ...{ place: { part: 'attachment' as const, ref: file.hash }, called: `附件“${file.name}”`, text },
    })),
  ];
  let left = mostRead;
  return parts.map((part) => {
    const readUntil = Math.min(left, part.text.length);
    left -= readUntil;
    return { ...part, readUntil };
  });
}

function tellUnread({ place, called, text, readUntil }: Part): Unchecked[] {
  if (readUntil === text.length) return [];
  const reason = `${called}太长，${readUntil === 0 ? '' : `第 ${readUntil} 字以后`}只按词表检查了错别字。`;
  return [{ stage: name, part: place.ref, reason }];
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

type Learned = ReturnType<typeof loadLearnedSpellings>;

/** The words around a change make plain what was meant. */
function describeLearned(text: string, { start, end, right, word }: Correction): Hit {
  const written = text.slice(word.start, word.end);
  return {
    rule: 'learned',
    start,
    end,
    right,
    corrects: true,
    level: 'warn',
    message: `“${written}”疑为“${word.meant}”之误，请核对。`,
  };
}

function* findIn({ text, readUntil }: Part, learned: Learned | null): Generator<Hit> {
  const listed: Hit[] = findFixedSpellings(text).map(describeFixed);
  for (const { start, end, wrong, right, rule, why } of findPatterns(text)) {
    if (listed.some((one) => one.start < end && start < one.end)) continue;
    const level = rule === 'party-congress' ? 'block' : 'warn';
    listed.push({
      rule,
      start,
      end,
      right,
      corrects: true,
      level,
      message: `“${wrong}”应为“${right}”：${why}。`,
    });
  }
  yield* listed;
  if (learned === null) return;
  for (const one of findLearnedSpellings(learned, text.slice(0, readUntil)))
    if (!listed.some(({ start, end }) => one.start < end && start < one.end))
      yield describeLearned(text, one);
}

/** The lists still work without the model; what it would have found is then "could not check". */
function load(file?: string): { learned: Learned | null; unchecked: Unchecked[] } {
  try {
    return { learned: loadLearnedSpellings(file), unchecked: [] };
  } catch (error) {
    if (!(error instanceof SpellingUnavailable)) throw error;
    const reason = '错别字模型文件缺失或损坏，只按词表检查了错别字。';
    return { learned: null, unchecked: [{ stage: name, part: null, reason }] };
  }
}

/**
 * Typing mistakes and confusions, in title, text and what was read out of attachments.
 * @param file what was learned, if not what came with the program
 */
export function buildSpellingStage(file?: string): CheckStage {
  const { learned, unchecked } = load(file);
  const lists = [seriousSpellings, wrongSpellings, variantSpellings];
  const version = versionOf([...lists, learned?.model.version ?? '']);
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
    run: (input) => {
      const parts = partsOf(input);
      return {
        findings: parts.flatMap((part) => Array.from(findIn(part, learned), (hit) => toFinding(part, hit))),
        unchecked: [...unchecked, ...(learned === null ? [] : parts.flatMap(tellUnread))],
      };
    },
  };
}
