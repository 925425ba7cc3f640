import { type AuthorityPerson, postsOn } from '../domain/authority.ts';
import { syllableTable } from '../text/syllables.ts';
import { titlesOf } from './leader-titles.ts';
import type { TextHit } from './text-stage.ts';

function soundsAlike(a: string, b: string): boolean {
  const { ids } = syllableTable();
  const [x, y] = [ids[a.charCodeAt(0)] ?? 0, ids[b.charCodeAt(0)] ?? 0];
  return x !== 0 && x === y;
}

/**
 * One character wrong. In a name of three the two others say who is meant; in one of two the wrong one has to sound like the right
 * one, or the name may be somebody else's.
 */
function isSlipOf(written: string, name: string): boolean {
  if (written.length !== name.length || written === name) return false;
  const wrong = [...name].flatMap((character, at) => (written.charAt(at) === character ? [] : [at]));
  const [at] = wrong;
  if (wrong.length !== 1 || at === undefined) return false;
  const [is, should] = [written.charAt(at), name.charAt(at)];
  if (!/^[\u3400-\u9fff]$/u.test(is)) return false;
  // 李建国 and 王建国 may be two people.
  if (at === 0 || name.length === 2) return soundsAlike(is, should);
  return true;
}

/** Names right after a title of the table, one character off the name of who holds it on that day. */
export function* findNames(
  text: string,
  day: string,
  people: readonly AuthorityPerson[],
): Generator<TextHit> {
  const known = people.flatMap(({ name, aliases }) => [name, ...aliases]);
  for (const title of titlesOf(people)) {
    const holders = people.filter((person) => postsOn(person, day).some((post) => post.title === title));
    for (let at = text.indexOf(title); at !== -1; at = text.indexOf(title, at + title.length)) {
      const start = at + title.length + (/^[\s　]/u.test(text.slice(at + title.length)) ? 1 : 0);
      if (known.some((name) => text.startsWith(name, start))) continue;
      const meant = holders.find(({ name }) => isSlipOf(text.slice(start, start + name.length), name));
      if (meant === undefined) continue;
      const { name } = meant;
      const message = `${title}的姓名应为“${name}”，请核对。`;
      yield { rule: 'name', start, end: start + name.length, suggestion: name, message, about: name };
    }
  }
}
