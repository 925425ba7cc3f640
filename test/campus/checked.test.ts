import { beforeAll, describe, expect, it } from 'vitest';
import { buildDateStage } from '../../pipeline/checks/date-weekday.ts';
import { buildChecks } from '../../pipeline/checks/index.ts';
import { runChecks } from '../../pipeline/checks/run-checks.ts';
import { emptyAuthority } from '../../pipeline/domain/authority.ts';
import type { CheckInput, CheckResult } from '../../pipeline/domain/check.ts';
import { unknownSchool } from '../../pipeline/domain/school-facts.ts';
import { checkInput } from '../builders/check-input.ts';
import { dashedDate, placeDates, shanghaiDay } from './calendar.ts';
import type { CampusArticle } from './content/article.ts';
import { allArticles } from './content/index.ts';

const stages = buildChecks({ authority: emptyAuthority, school: unknownSchool });
const today = shanghaiDay(new Date('2026-11-23T02:00:00.000Z'));

/** As its author would have handed it in. */
function draftOf({ title, body, daysAgo }: CampusArticle): CheckInput {
  const published = today - daysAgo;
  const lines = body.flatMap((block) => {
    if (typeof block === 'string') return [placeDates(block, published)];
    return 'table' in block ? block.table.map((row) => row.join('\t')) : [];
  });
  const text = lines.map((line) => `${line}\n`).join('');
  return checkInput({ title: placeDates(title, published), body: text, day: dashedDate(published) });
}

const drafts = allArticles.map(draftOf);

describe("the campus's own articles, checked as drafts", () => {
  let results: CheckResult[];
  beforeAll(() => {
    results = drafts.map((draft) => runChecks(stages, draft));
  }, 60_000);

  it('bring at most three warnings in 1,000 characters', () => {
    const length = drafts.reduce((sum, { title, body }) => sum + title.length + body.length, 0);
    const warnings = results.flatMap(({ findings }) =>
      findings.filter(({ level, place }) => level === 'warn' && place.part !== 'form'),
    );
    expect(length).toBeGreaterThan(9000);
    expect((warnings.length / length) * 1000).toBeLessThanOrEqual(3);
  });

  it('bring none at all by rule about their words, marks, numbers and dates', () => {
    const ofWords = [
      'typo',
      'punctuation',
      'numeral',
      'term',
      'title-order',
      'date',
      'ad-absolute',
      'source',
    ];
    const found = results.flatMap(({ findings }, at) =>
      findings
        // What a model suspects is no rule: it counts above.
        .filter(
          ({ category, level, stage }) =>
            level !== 'info' && stage !== 'spelling' && ofWords.includes(category),
        )
        .map(({ text, rule }) => `${drafts[at]?.title}: ${rule} ${text}`),
    );
    expect(found).toEqual([]);
  });

  it('bring one for every day of the week that is made wrong', () => {
    const wrong = drafts.map((draft) => ({ ...draft, body: draft.body.replaceAll('（周二）', '（周六）') }));
    const planted = wrong.reduce((sum, { body }, at) => {
      const before = drafts[at]?.body.split('（周六）').length ?? 0;
      return sum + body.split('（周六）').length - before;
    }, 0);
    const found = wrong.flatMap((draft) =>
      runChecks([buildDateStage()], draft).findings.filter(({ text }) => text === '周六'),
    );
    expect(planted).toBeGreaterThan(2);
    expect(found).toHaveLength(planted);
    expect(new Set(found.map(({ suggestion }) => suggestion))).toEqual(new Set(['周二']));
  });
});
