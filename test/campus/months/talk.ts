import { labelledRemarks } from '../content/labels/labelled-remarks.ts';
import { ordinaryDays } from '../content/stories/ordinary-days.ts';
import { type Chance, pick, pickBy } from './chance.ts';
import { echoes, everydayTalk, gravely, openers, tails } from './everyday-talk.ts';
import type { InventedMatter } from './invented-matter.ts';
import type { Season } from './school-year.ts';
import { fillSlots } from './slots.ts';

const linesOf = (text: string): readonly string[] => text.trim().split('\n');
const everyday = everydayTalk.map(({ share, said }) => ({ share, lines: linesOf(said) }));
const seasonLines = new Map<string, readonly string[]>();

/** What stands under the ordinary statuses of the campus and is about nothing. */
const ordinaryRemarks: readonly string[] = (() => {
  const places = new Set(
    [...(ordinaryDays.statuses ?? []), ...(ordinaryDays.articles ?? [])].map(({ key }) => key),
  );
  return labelledRemarks(new Date('2026-11-22T12:00:00Z'))
    .filter(({ label, under }) => label === 'none' && places.has(under))
    .map(({ text }) => text);
})();

function linesOfSeason(name: string, said: string): readonly string[] {
  const known = seasonLines.get(name) ?? linesOf(said);
  seasonLines.set(name, known);
  return known;
}

/** Puts remarks together, of clauses written by hand: hardly two the same, and all of them the same again from the same seed. */
export class Talk {
  private readonly said = new Set<string>();
  private readonly chance: Chance;

  constructor(chance: Chance) {
    this.chance = chance;
  }

  /** Something of a day on which nothing is the matter, or of the season. */
  say(seasons: readonly Season[]): string {
    if (this.chance() < 0.05) return pick(echoes, this.chance);
    return this.sayNew(this.linesFor(seasons));
  }

  openMatter({ said }: InventedMatter): { say: () => string; sayOrEcho: () => string } {
    const lines = linesOf(said);
    let left: string[] = [];
    const say = () => {
      // Every line is said before one is said again.
      if (left.length === 0) left = [...lines];
      const at = Math.floor(this.chance() * left.length);
      const [line = ''] = left.splice(at, 1);
      return this.sayNew([line], gravely);
    };
    return { say, sayOrEcho: () => (this.chance() < 0.06 ? pick(echoes, this.chance) : say()) };
  }

  private linesFor(seasons: readonly Season[]): readonly string[] {
    for (const { name, share, said } of seasons) {
      if (this.chance() < share) return linesOfSeason(name, said);
    }
    if (this.chance() < 0.04) return ordinaryRemarks;
    return pickBy(everyday, ({ share }) => share, this.chance).lines;
  }

  private sayNew(lines: readonly string[], ends = tails): string {
    let text = this.compose(lines, ends);
    for (let tries = 0; tries < 5 && this.said.has(text); tries += 1) text = this.compose(lines, ends);
    this.said.add(text);
    return text;
  }

  private compose(lines: readonly string[], ends: readonly string[]): string {
    const { chance } = this;
    const before = ends === tails && chance() < 0.22 ? `${pick(openers, chance)}，` : '';
    const first = fillSlots(pick(lines, chance), chance);
    const second = lines.length > 1 && chance() < 0.2 ? `。${fillSlots(pick(lines, chance), chance)}` : '';
    const after = chance() < 0.42 ? joinTail(pick(ends, chance)) : '';
    return `${before}${first}${second}${after}`;
  }
}

const joinTail = (tail: string) => (tail.startsWith('[') ? tail : `，${tail}`);
