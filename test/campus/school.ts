import { type DayNumber, instantAt, placeDates, shanghaiClock, shanghaiDay } from './calendar.ts';
import type { Block, CampusArticle, OddRow, SiteName } from './content/article.ts';
import { allArticles } from './content/index.ts';
import { oddRows } from './content/odd-rows.ts';

export type Mishap = 'half-page' | 'hanging';

/** An article as it stands on its site now. */
export interface StandingArticle {
  key: string;
  source: CampusArticle;
  id: number;
  title: string;
  body: readonly Block[];
  day: DayNumber;
  clock: string;
  changedAt: Date;
  mishap: Mishap | null;
}

export interface StandingRow {
  row: OddRow;
  day: DayNumber;
}

interface Entry {
  article: StandingArticle;
  state: 'held-back' | 'standing' | 'deleted';
}

const idScheme: Record<SiteName, { first: number; step: number }> = {
  vsb: { first: 3014, step: 7 },
  webplus: { first: 852_010, step: 13 },
};

function placeBlock(block: Block, day: DayNumber): Block {
  if (typeof block === 'string') return placeDates(block, day);
  if ('table' in block) return { table: block.table.map((row) => row.map((cell) => placeDates(cell, day))) };
  return block;
}

/** What is published, changed and taken down, for both sites: they only print it. */
export class School {
  private readonly entries = new Map<string, Entry>();
  private lastChange: Date;

  private readonly today: DayNumber;
  private readonly now: () => Date;

  constructor(today: DayNumber, now: () => Date) {
    this.today = today;
    this.now = now;
    const oldestFirst = [...allArticles].sort(
      (a, b) =>
        Number(a.heldBack ?? false) - Number(b.heldBack ?? false) ||
        b.daysAgo - a.daysAgo ||
        a.clock.localeCompare(b.clock),
    );
    const count: Record<SiteName, number> = { vsb: 0, webplus: 0 };
    for (const source of oldestFirst) {
      const scheme = idScheme[source.site];
      const id = scheme.first + scheme.step * count[source.site];
      count[source.site] += 1;
      const article = this.writeArticle(source, id, today - source.daysAgo, source.clock);
      this.entries.set(source.key, { article, state: source.heldBack ? 'held-back' : 'standing' });
    }
    this.lastChange = instantAt(today - 1, '22:00:00');
  }

  /** Newest first, what is pinned before everything. Of one column, or of the whole site. */
  list(site: SiteName, column?: string): StandingArticle[] {
    const pinned = (article: StandingArticle) => Number(article.source.traits?.includes('pinned') ?? false);
    return [...this.entries.values()]
      .filter((entry) => entry.state === 'standing' && entry.article.source.site === site)
      .map((entry) => entry.article)
      .filter((article) => column === undefined || article.source.columns.includes(column))
      .sort(
        (a, b) => pinned(b) - pinned(a) || b.day - a.day || b.clock.localeCompare(a.clock) || b.id - a.id,
      );
  }

  find(site: SiteName, id: number): StandingArticle | null {
    return this.list(site).find((article) => article.id === id) ?? null;
  }

  oddRows(site: SiteName, column: string): StandingRow[] {
    return oddRows
      .filter((row) => row.site === site && row.column === column)
      .map((row) => ({ row, day: this.today - row.daysAgo }));
  }

  /** When any list last changed. */
  changedAt(): Date {
    return this.lastChange;
  }

  /** Gives a standing article its corrected text. Throws for an unknown key. */
  edit(key: string): void {
    const entry = this.getStanding(key);
    const { source, day } = entry.article;
    const update = `更新：本文于{0}发布后有补充，咨询请联系${source.unit}。`;
    const body = source.edited ?? [...source.body, update];
    this.noteChange();
    entry.article = {
      ...entry.article,
      body: body.map((block) => placeBlock(block, day)),
      changedAt: this.lastChange,
    };
  }

  /** Takes an article down: its addresses answer 404. Throws for an unknown key. */
  remove(key: string): void {
    this.getStanding(key).state = 'deleted';
    this.noteChange();
  }

  /** Lets the page of a standing article break or never answer. Throws for an unknown key. */
  spoil(key: string, mishap: Mishap): void {
    const entry = this.getStanding(key);
    this.noteChange();
    entry.article = { ...entry.article, mishap, changedAt: this.lastChange };
  }

  /** Publishes the next held-back articles, dated now; returns their keys, fewer than asked when none are left. */
  publish(count: number): string[] {
    const next = [...this.entries].filter(([, entry]) => entry.state === 'held-back').slice(0, count);
    for (const [key, entry] of next) {
      this.noteChange();
      const { source, id } = entry.article;
      const at = this.lastChange;
      const article = this.writeArticle(source, id, shanghaiDay(at), shanghaiClock(at));
      this.entries.set(key, { article, state: 'standing' });
    }
    return next.map(([key]) => key);
  }

  private writeArticle(source: CampusArticle, id: number, day: DayNumber, clock: string): StandingArticle {
    return {
      key: source.key,
      source,
      id,
      title: placeDates(source.title, day),
      body: source.body.map((block) => placeBlock(block, day)),
      day,
      clock,
      changedAt: instantAt(day, clock),
      mishap: null,
    };
  }

  private getStanding(key: string): Entry {
    const entry = this.entries.get(key);
    if (entry?.state !== 'standing') throw new Error(`no article ${key} stands on the campus sites`);
    return entry;
  }

  /** HTTP dates count whole seconds: two changes within one must still look like two. */
  private noteChange(): void {
    this.lastChange = new Date(Math.max(this.now().getTime(), this.lastChange.getTime() + 1000));
  }
}
