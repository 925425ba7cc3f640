import type { Authority, AuthorityPerson, AuthorityPhrase, AuthorityUnit } from '../domain/authority.ts';
import { isTrueOn } from '../domain/authority.ts';
import type { CheckStage } from './check-stage.ts';
import { findNames } from './leader-names.ts';
import { findOrderProblems } from './leader-order.ts';
import { findTitleProblems } from './leader-titles.ts';
import { buildTextStage, quote, type TextHit, versionOf } from './text-stage.ts';

/** Every place where a word stands. */
function* placesOf(text: string, word: string): Generator<number> {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) yield at;
}

/** The sentence around a place: as far as what is said of a name reaches. */
function sentenceAt(text: string, at: number): string {
  const before = Math.max(...['。', '！', '？', '\n'].map((mark) => text.lastIndexOf(mark, at - 1))) + 1;
  const after = /[。！？\n]/u.exec(text.slice(at));
  return text.slice(before, after === null ? text.length : at + after.index);
}

function* findPhrases(text: string, phrases: readonly AuthorityPhrase[]): Generator<TextHit> {
  for (const { id, right, wrong, level, source, note } of phrases) {
    for (const form of wrong) {
      for (const start of placesOf(text, form)) {
        const because = `${source}${note === null ? '' : `；${note}`}`;
        const message = `${quote(form)}应为${quote(right)}（${because}）。`;
        yield {
          rule: `phrase.${id}`,
          start,
          end: start + form.length,
          suggestion: right,
          message,
          level,
          category: 'term',
        };
      }
    }
  }
}

const ofThePast = /更名|改名|前身|原名|曾|合并|组建|成立|撤销|划转|升格|并入|改建|院史|校史|沿革/u;

/** A unit under a name that it does not bear on that day; where the sentence tells of the change itself, it may. */
function* findUnits(text: string, units: readonly AuthorityUnit[], day: string): Generator<TextHit> {
  const others = units.map(({ name }) => name);
  for (const unit of units) {
    if (isTrueOn(unit, day)) continue;
    const longer = others.filter((name) => name !== unit.name && name.includes(unit.name));
    for (const start of placesOf(text, unit.name)) {
      const end = start + unit.name.length;
      const isPart = longer.some((name) => {
        const from = start - name.indexOf(unit.name);
        return from >= 0 && text.startsWith(name, from);
      });
      if (isPart || /[原前时]$/u.test(text.slice(0, start)) || ofThePast.test(sentenceAt(text, start)))
        continue;
      const isOver = unit.until !== null && unit.until < day;
      const now = unit.now === null ? '' : `，现名“${unit.now}”`;
      const message = isOver
        ? `“${unit.name}”的名称用到${unit.until}为止${now}。写过去的事请加“原”字。`
        : `“${unit.name}”的名称自${unit.from}起使用，发布日${day}还没有启用。`;
      yield { rule: 'unit-name', start, end, suggestion: isOver ? unit.now : null, message };
    }
  }
}

/** @param school its name, with which titles of its own may be written; empty where nobody has said */
function* find(
  text: string,
  day: string,
  { authority, school }: { authority: Authority; school: string },
): Generator<TextHit> {
  const people: readonly AuthorityPerson[] = authority.persons;
  yield* findTitleProblems(text, day, { people, school });
  yield* findNames(text, day, people);
  yield* findOrderProblems(text, day, people);
  yield* findUnits(text, authority.units, day);
  yield* findPhrases(
    text,
    authority.phrases.filter((phrase) => isTrueOn(phrase, day)),
  );
}

/** Names, titles, order, unit names and fixed phrases, as the authority table has them on the day of publication. */
export function buildAuthorityStage(authority: Authority, school: string): CheckStage {
  return buildTextStage({
    name: 'authority',
    version: versionOf(authority),
    category: 'title-order',
    find: ({ text }, { day }) => find(text, day, { authority, school }),
  });
}
