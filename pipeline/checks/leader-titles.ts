import { type AuthorityPerson, type AuthorityPost, postsOn } from '../domain/authority.ts';
import type { TextHit } from './text-stage.ts';

/** Somebody of the table, as the text names them. */
export interface NamedPerson {
  person: AuthorityPerson;
  start: number;
  end: number;
}

/** A title that stands at a name. */
interface TitleAtName {
  title: string;
  start: number;
  end: number;
}

/** All places where people of the table are named; the longest name wins. */
export function findPeople(text: string, people: readonly AuthorityPerson[]): NamedPerson[] {
  const forms = people
    .flatMap((person) => [person.name, ...person.aliases].map((form) => ({ person, form })))
    .toSorted((a, b) => b.form.length - a.form.length);
  const found: NamedPerson[] = [];
  for (const { person, form } of forms) {
    for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + form.length)) {
      const end = at + form.length;
      if (!found.some((other) => other.start < end && at < other.end)) found.push({ person, start: at, end });
    }
  }
  return found.toSorted((a, b) => a.start - b.start);
}

/** Titles that the table knows, longest first: 副校长 before 校长. */
export function titlesOf(people: readonly AuthorityPerson[]): string[] {
  const titles = new Set(people.flatMap(({ posts }) => posts.map(({ title }) => title)));
  return [...titles].toSorted((a, b) => b.length - a.length);
}

const joins = /[、，兼]\s?$/u;
const former =
  /(?:时任|曾任|历任|原任|原|前|前任|老|首任|继任|拟任|候任|新任|任命|聘任|免去|当选|担任|转任|改任)[一-鿿]{0,6}$/u;
/** What may stand before a title that is meant to be the school's own; any other Han character may belong to another school's name. */
const ownBefore =
  /(?:^|[\s　，。；：、！？（()“”《》\t\n]|[由请邀和与及对向给在的是有让跟随同]|我校|我院|学校|全校|本校|校)$/u;

/** The titles directly before a name, nearest first: 党委副书记、校长李某. */
function titlesBefore(text: string, at: number, titles: readonly string[]): TitleAtName[] {
  const found: TitleAtName[] = [];
  let end = text.slice(0, at).trimEnd().length;
  for (;;) {
    const title = titles.find((each) => text.endsWith(each, end));
    if (title === undefined) return found;
    found.push({ title, start: end - title.length, end });
    end -= title.length;
    const join = joins.exec(text.slice(0, end));
    if (join === null) return found;
    end -= join[0].length;
  }
}

const suffixes =
  /^(?:同志)?(?=(?:出席|指出|强调|表示|说|讲话|致辞|主持|介绍|宣布|带队|一行|作|为|在|到|$|[，。、；！（\s]))/u;

function titleAfter(text: string, at: number, titles: readonly string[]): TitleAtName[] {
  const title = titles.find((each) => text.startsWith(each, at));
  if (title === undefined || !suffixes.test(text.slice(at + title.length, at + title.length + 6))) return [];
  return [{ title, start: at, end: at + title.length }];
}

/** A unit of the table in front of the title: then it is that unit's. */
function isOurs(text: string, at: number, units: readonly string[]): boolean {
  const before = text.slice(Math.max(0, at - 40), at).trimEnd();
  return ownBefore.test(before) || units.some((unit) => unit !== '' && before.endsWith(unit));
}

function describe(person: AuthorityPerson, title: string, day: string): string {
  const dated = person.posts.filter((post) => post.title === title);
  const over = dated.filter(({ until }) => until !== null && until < day).at(-1);
  if (over !== undefined) return `“${title}”任到${over.until}为止`;
  const ahead = dated.find(({ from }) => from !== null && from > day);
  return ahead === undefined ? `没有“${title}”这一职务` : `“${title}”自${ahead.from}起担任`;
}

const nameTitles = (posts: readonly AuthorityPost[]) => posts.map(({ title }) => `“${title}”`).join('、');

/** People under a title that they do not hold on that day. */
export function* findTitleProblems(
  text: string,
  day: string,
  { people, school }: { people: readonly AuthorityPerson[]; school: string },
): Generator<TextHit> {
  const titles = titlesOf(people);
  const units = [school, ...new Set(people.flatMap(({ posts }) => posts.map(({ unit }) => unit)))];
  for (const { person, start, end } of findPeople(text, people)) {
    const now = postsOn(person, day);
    const held = new Set(now.map(({ title }) => title));
    for (const at of [...titlesBefore(text, start, titles), ...titleAfter(text, end, titles)]) {
      if (held.has(at.title) || former.test(text.slice(Math.max(0, at.start - 12), at.start))) continue;
      // After the name, nothing tells whose title it is but the table.
      if (at.start < start && !isOurs(text, at.start, units)) continue;
      const [only] = now;
      const right = now.length === 0 ? '权威信息表中没有这一天的职务' : `这一天的职务是${nameTitles(now)}`;
      yield {
        rule: 'title',
        start: at.start,
        end: at.end,
        suggestion: now.length === 1 && only !== undefined ? only.title : null,
        message: `发布日${day}，${person.name}${describe(person, at.title, day)}；${right}。`,
        about: `${person.name}\u0000${at.title}`,
      };
    }
  }
}
