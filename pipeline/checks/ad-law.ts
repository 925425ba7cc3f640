import { type AdPattern, adFacts, adLawList, adPatterns } from './ad-law-list.ts';
import type { CheckStage } from './check-stage.ts';
import { buildTextStage, type TextHit } from './text-stage.ts';

function* findOne(
  text: string,
  { id, pattern, level, message }: AdPattern,
  facts: readonly [number, number][],
): Generator<TextHit> {
  for (const { 0: words, index } of text.matchAll(pattern)) {
    const end = index + words.length;
    if (facts.some(([from, to]) => from < end && index < to)) continue;
    // 不包就业, 不承诺录取: the honest notice says so.
    if (/(?:不|没有|无|禁止|严禁|切勿|谨防|拒绝|“)$/u.test(text.slice(Math.max(0, index - 3), index)))
      continue;
    yield { rule: id, start: index, end, suggestion: null, message, level };
  }
}

/** What advertising law forbids, in what advertises: genre `recruiting` alone. */
export function buildAdLawStage(): CheckStage {
  return buildTextStage({
    name: 'ad-law',
    version: adLawList.version,
    category: 'ad-absolute',
    find: function* ({ text }, { genre }) {
      if (genre !== 'recruiting') return;
      const facts = [...text.matchAll(adFacts)].map((match): [number, number] => [
        match.index,
        match.index + match[0].length,
      ]);
      for (const pattern of adPatterns) yield* findOne(text, pattern, facts);
    },
  });
}
