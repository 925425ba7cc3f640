import { instantAt, placeDates, shanghaiDay } from './calendar.ts';
import type { Remark, Story, StoryArticle, StoryStatus, When } from './content/stories/story.ts';

/** A comment or a reply as it stands at a platform. */
export interface StandingRemark {
  key: string;
  /** The status or article it stands under. */
  under: string;
  /** What it answers: another remark; null for one on the status or article itself. */
  replyTo: string | null;
  /** The remark at the top of its thread; its own key for one on the status or article itself. */
  thread: string;
  at: Date;
  text: string;
  official: boolean;
  /** Who says it, as a place in the list of invented persons; without meaning for an official one. */
  person: number;
  likes: number;
}

interface Standing {
  key: string;
  at: Date;
  /** How often it was edited up to now. */
  edits: number;
  editedAt: Date | null;
}

export interface StandingStatus extends Standing {
  source: StoryStatus;
  text: string;
}

export interface StandingPublication extends Standing {
  source: StoryArticle;
  paragraphs: readonly string[];
}

interface Versions<T> {
  source: T;
  at: Date;
  goneAt: Date | null;
  edits: { at: Date; text: readonly string[] }[];
}

interface TimedRemark extends StandingRemark {
  goneAt: Date | null;
}

const hourMs = 3_600_000;

/** The stories with every instant fixed, and what the controls added since: what stands now is asked, never told. */
export class Timeline {
  readonly now: () => Date;
  private readonly openedAt: Date;
  private readonly statuses = new Map<string, Versions<StoryStatus>>();
  private readonly articles = new Map<string, Versions<StoryArticle>>();
  private readonly remarks: TimedRemark[] = [];
  private speakers = 0;

  constructor(stories: readonly Story[], times: { openedAt: Date; now: () => Date }) {
    this.now = times.now;
    this.openedAt = times.openedAt;
    for (const story of stories) {
      for (const status of story.statuses ?? []) this.addStatus(status);
      for (const article of story.articles ?? []) this.addArticle(article);
    }
  }

  instantOf(when: When): Date {
    if (typeof when === 'number') return new Date(this.openedAt.getTime() - when * hourMs);
    const [day = '0', clock = '00:00'] = when.split(' ');
    return instantAt(shanghaiDay(this.openedAt) + Number(day), `${clock}:${String(Number(day) ** 2 % 60)}`);
  }

  /** Newest first. */
  listStatuses(): StandingStatus[] {
    return this.list(this.statuses).map(({ version, ...standing }) => ({
      ...standing,
      text: placeDates(version?.[0] ?? standing.source.text, shanghaiDay(standing.at)),
    }));
  }

  /** Newest first. */
  listArticles(): StandingPublication[] {
    return this.list(this.articles).map(({ version, ...standing }) => ({
      ...standing,
      paragraphs: (version ?? standing.source.paragraphs).map((text) =>
        placeDates(text, shanghaiDay(standing.at)),
      ),
    }));
  }

  /** Also those that are gone or not there yet. */
  findStatusKey(matches: (key: string) => boolean): { key: string; standing: StandingStatus | null } | null {
    const key = [...this.statuses.keys()].find(matches);
    if (key === undefined) return null;
    return { key, standing: this.listStatuses().find((status) => status.key === key) ?? null };
  }

  articleKeys(): { key: string; at: Date; source: StoryArticle }[] {
    return [...this.articles].map(([key, { at, source }]) => ({ key, at, source }));
  }

  statusKeys(): { key: string; at: Date; source: StoryStatus }[] {
    return [...this.statuses].map(([key, { at, source }]) => ({ key, at, source }));
  }

  /** Oldest first: of one status or article, replies among them. */
  listRemarks(under: string): StandingRemark[] {
    const now = this.now();
    const gone = new Set(
      this.remarks.filter(({ goneAt }) => goneAt !== null && goneAt <= now).map(({ key }) => key),
    );
    return this.remarks
      .filter((remark) => remark.under === under && remark.at <= now)
      .filter((remark) => !gone.has(remark.key) && !gone.has(remark.thread))
      .sort((a, b) => a.at.getTime() - b.at.getTime() || a.key.localeCompare(b.key, 'en', { numeric: true }));
  }

  /** Throws for a key that nothing stands under now. */
  editStatus(key: string, text: string): void {
    this.getStanding(this.statuses, key).edits.push({ at: this.now(), text: [text] });
  }

  editArticle(key: string, paragraphs: readonly string[]): void {
    this.getStanding(this.articles, key).edits.push({ at: this.now(), text: paragraphs });
  }

  removeStatus(key: string): void {
    this.getStanding(this.statuses, key).goneAt = this.now();
  }

  removeArticle(key: string): void {
    this.getStanding(this.articles, key).goneAt = this.now();
  }

  removeRemark(key: string): void {
    const remark = this.remarks.find((each) => each.key === key && each.at <= this.now());
    if (remark === undefined) throw new Error(`no remark ${key} stands on the campus`);
    remark.goneAt = this.now();
  }

  addStatus(source: StoryStatus): void {
    this.addEntry(this.statuses, source, (edit) => [edit.text], source.edits ?? []);
  }

  addArticle(source: StoryArticle): void {
    this.addEntry(this.articles, source, (edit) => edit.paragraphs, source.edits ?? []);
  }

  /** Returns the key of what was said. Throws for a status, article or remark that is not there. */
  addRemark(under: string, remark: Remark, replyTo: string | null = null): string {
    if (!this.statuses.has(under) && !this.articles.has(under)) {
      throw new Error(`nothing with the key ${under} stands on the campus`);
    }
    const answered = replyTo === null ? null : this.remarks.find(({ key }) => key === replyTo);
    if (answered === undefined) throw new Error(`no remark ${replyTo} stands on the campus`);
    const key = `${under}/${this.remarks.filter((each) => each.under === under).length + 1}`;
    const at = this.instantOf(remark.when);
    this.speakers += 1;
    this.remarks.push({
      key,
      under,
      replyTo,
      thread: answered?.thread ?? key,
      at,
      goneAt: remark.goneAt === undefined ? null : this.instantOf(remark.goneAt),
      text: placeDates(remark.text, shanghaiDay(at)),
      official: remark.official ?? false,
      // Some speak more than once, nobody answers himself.
      person: (this.speakers * 37) % 100,
      likes: remark.likes ?? (remark.text.length * 7) % 23,
    });
    for (const reply of remark.replies ?? []) this.addRemark(under, reply, key);
    return key;
  }

  private addEntry<T extends { key: string; when: When; goneAt?: When; remarks?: readonly Remark[] }, E>(
    entries: Map<string, Versions<T>>,
    source: T,
    textOf: (edit: E) => readonly string[],
    edits: readonly (E & { when: When })[],
  ): void {
    if (entries.has(source.key)) throw new Error(`the campus has two of ${source.key}`);
    entries.set(source.key, {
      source,
      at: this.instantOf(source.when),
      goneAt: source.goneAt === undefined ? null : this.instantOf(source.goneAt),
      edits: edits.map((edit) => ({ at: this.instantOf(edit.when), text: textOf(edit) })),
    });
    for (const remark of source.remarks ?? []) this.addRemark(source.key, remark);
  }

  private isStanding({ at, goneAt }: Versions<unknown>): boolean {
    const now = this.now();
    return at <= now && (goneAt === null || goneAt > now);
  }

  private getStanding<T>(entries: Map<string, Versions<T>>, key: string): Versions<T> {
    const entry = entries.get(key);
    if (entry === undefined || !this.isStanding(entry)) throw new Error(`no ${key} stands on the campus`);
    return entry;
  }

  private list<T>(entries: Map<string, Versions<T>>) {
    const now = this.now();
    return [...entries]
      .filter(([, entry]) => this.isStanding(entry))
      .map(([key, { source, at, edits }]) => {
        const done = edits.filter((edit) => edit.at <= now).sort((a, b) => a.at.getTime() - b.at.getTime());
        const last = done.at(-1);
        return { key, source, at, edits: done.length, editedAt: last?.at ?? null, version: last?.text };
      })
      .sort((a, b) => b.at.getTime() - a.at.getTime());
  }
}
