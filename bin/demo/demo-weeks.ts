import { dayAfter, dayBefore, shanghaiDay } from '../../pipeline/domain/time.ts';
import type { Remark, Story, StoryArticle, StoryStatus } from '../../test/campus/content/stories/story.ts';
import { type MonthItem, monthMatters, writeWeeks } from '../../test/campus/months/labelled-months.ts';

const hourMs = 3_600_000;
/** So long before the opening the invented office began to listen. */
export const daysOfHistory = 42;
/** From then on the campus's own stories speak for themselves, and less is added to them. */
const daysOfStories = 21;

interface Weeks {
  /** What stood at the accounts, and what was said below. */
  story: Story;
  /** What came by hand, oldest first. */
  leads: { at: string; text: string }[];
}

/** What was the matter before the campus's own stories begin: so many days before the opening, so many remarks. */
const matters: [name: string, daysAgo: number, remarks: number][] = [
  ['shuttle-bus', 39, 26],
  ['campus-card-deduction', 31, 64],
  ['medical-reimbursement', 28, 16],
];

function placeMatters(today: string, perDay: number) {
  return matters.map(([name, daysAgo, remarks]) => {
    const matter = monthMatters.find((one) => one.name === name);
    if (matter === undefined) throw new Error(`the demo knows no matter ${name}`);
    const beganAt = Date.parse(`${dayBefore(today, daysAgo)}T00:00:00+08:00`) + matter.begins.hour * hourMs;
    return { matter: { ...matter, size: Math.round((remarks * 100) / perDay) }, beganAt };
  });
}

function writeItems(today: string): MonthItem[] {
  const from = dayBefore(today, daysOfHistory);
  const seed = 42;
  // Few statuses and even days: every status costs some calls, and a small office has no great waves.
  const evenly = { postsShare: 0.15, wavesShare: 0.2 };
  const early = { seed, from, days: daysOfHistory - daysOfStories, perDay: 24, ...evenly };
  const late = {
    seed: seed + 1,
    from: dayAfter(from, early.days),
    days: daysOfStories,
    perDay: 7,
    ...evenly,
  };
  const first = writeWeeks(early, placeMatters(today, early.perDay));
  const later = writeWeeks(late, []).map(({ key, under, ...item }) => ({
    ...item,
    key: `late-${key}`,
    under: under === '' ? '' : `late-${under}`,
  }));
  return [...first, ...later];
}

/** Six ordinary weeks up to yesterday: around what the campus tells by itself, so that figures have something to be measured by. */
export function buildWeeks(openedAt: Date): Weeks {
  const items = writeItems(shanghaiDay(openedAt.toISOString()));
  const before = (at: string) => (openedAt.getTime() - Date.parse(at)) / hourMs;
  const remarks = new Map<string, Remark[]>();
  for (const { kind, under, at, text } of items) {
    if (kind !== 'comment') continue;
    remarks.set(under, [...(remarks.get(under) ?? []), { when: before(at), text }]);
  }
  const statuses: StoryStatus[] = [];
  const articles: StoryArticle[] = [];
  for (const { key, kind, at, text } of items) {
    const standing = { key, when: before(at), remarks: remarks.get(key) ?? [] };
    if (kind === 'status') statuses.push({ ...standing, text });
    if (kind === 'article') articles.push({ ...standing, title: text.slice(0, 28), paragraphs: [text] });
  }
  // Nobody rings the hotline to say `+1`.
  const leads = items
    .filter(({ kind, text }) => kind === 'lead' && text.length > 14)
    .map(({ at, text }) => ({ at, text: `市民热线转来：${text}` }));
  return { story: { name: 'weeks-before', statuses, articles }, leads };
}
