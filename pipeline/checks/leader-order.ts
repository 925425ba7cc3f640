import { type AuthorityPerson, postsOn } from '../domain/authority.ts';
import { findPeople, type NamedPerson, titlesOf } from './leader-titles.ts';
import type { TextHit } from './text-stage.ts';

/** By the highest post held on the day; null where the table gives no place. */
function rankOn(person: AuthorityPerson, day: string): number | null {
  const ranks = postsOn(person, day).flatMap(({ rank }) => (rank === null ? [] : [rank]));
  return ranks.length === 0 ? null : Math.min(...ranks);
}

/** Between two names of one list stand no more than a mark, 和, and titles. */
function joinsList(between: string, titles: readonly string[]): boolean {
  const rest = titles.reduce((left, title) => left.replaceAll(title, ''), between);
  return /^[\s　]*(?:[、，和与及]|以及)(?:[\s　]|党委|校长助理|同志|、|，|兼|学校|我校|校)*$/u.test(rest);
}

function listsIn(text: string, people: readonly AuthorityPerson[]): NamedPerson[][] {
  const titles = titlesOf(people);
  const lists: NamedPerson[][] = [];
  for (const named of findPeople(text, people)) {
    const list = lists.at(-1);
    const last = list?.at(-1);
    if (last !== undefined && list !== undefined && joinsList(text.slice(last.end, named.start), titles))
      list.push(named);
    else lists.push([named]);
  }
  return lists.filter(({ length }) => length > 1);
}

/** Lists of leaders in which somebody stands before who ranks before them. */
export function* findOrderProblems(
  text: string,
  day: string,
  people: readonly AuthorityPerson[],
): Generator<TextHit> {
  for (const list of listsIn(text, people)) {
    const ranked = list.flatMap((named) => {
      const rank = rankOn(named.person, day);
      return rank === null ? [] : [{ ...named, rank }];
    });
    if (ranked.every(({ rank }, at) => at === 0 || rank >= (ranked[at - 1]?.rank ?? 0))) continue;
    const right = ranked.toSorted((a, b) => a.rank - b.rank).map(({ person }) => person.name);
    const [start, end] = [list[0]?.start ?? 0, list.at(-1)?.end ?? 0];
    const isPlain =
      ranked.length === list.length &&
      text.slice(start, end) === ranked.map(({ person }) => person.name).join('、');
    yield {
      rule: 'order',
      start,
      end,
      suggestion: isPlain ? right.join('、') : null,
      message: `领导排列顺序应为：${right.join('、')}。`,
      about: right.join(),
    };
  }
}
