import { dayAfter, shanghaiDay } from '../../../pipeline/domain/time.ts';
import { bell, type Chance, countBy, openChance, pick, pickBy, popularity } from './chance.ts';
import type { InventedMatter } from './invented-matter.ts';
import { matterTimes } from './matter-times.ts';
import { mattersOfHouses } from './matters-of-houses.ts';
import { mattersOfServices } from './matters-of-services.ts';
import { mattersOfTeaching } from './matters-of-teaching.ts';
import { ownPosts } from './own-posts.ts';
import { shareOfHour, wakefulness } from './rhythm.ts';
import { type Season, seasonsOf } from './school-year.ts';
import { fillSlots } from './slots.ts';
import { Talk } from './talk.ts';

/*
 * A year of an invented school, with the matters that people spoke of: labelled by construction (the label is the matter that
 * produced the item), not by reading, and so apart from the remarks of the campus that were labelled by hand. Nothing in it is
 * measured at a real school. Remarks come as they do under posts: a part by the hour of the week, a part in waves after what the
 * school itself wrote, whose popularity varies as much as popularity does; an even trickle would make every alarm look good.
 */

export interface MonthItem {
  /** Unique within the months. */
  key: string;
  /** An instant in UTC; a whole second. */
  at: string;
  channelId: string;
  channelKind: 'weibo' | 'wechat' | 'manual';
  /** `status` and `article` are the school's own. */
  kind: 'comment' | 'lead' | 'status' | 'article';
  /** Key of the status or article it stands under; '' of those and of leads. */
  under: string;
  text: string;
  /** Name of the matter that produced it, or `none`. */
  label: string;
}

interface MonthsOptions {
  seed: number;
  /** YYYY-MM-DD in Shanghai: the first day; the first of a school year unless told. */
  from?: string;
  /** A whole school year unless told. */
  days?: number;
  /** Remarks on an ordinary working day of term; 100 unless told. */
  perDay?: number;
  /** Of the school's own posts: so much of what is usual; 1 unless told. */
  postsShare?: number;
  /** Of the remarks: so much comes in waves after the school's own posts; 0.55 unless told. */
  wavesShare?: number;
  /** Whether the school's year is lived, which is so unless told; else every day is one of term. */
  hasSeasons?: boolean;
}

/** A matter at a time of its own. */
interface PlacedMatter {
  matter: InventedMatter;
  /** In milliseconds. */
  beganAt: number;
}

export const monthMatters: readonly InventedMatter[] = [
  ...mattersOfHouses,
  ...mattersOfTeaching,
  ...mattersOfServices,
];

interface MonthChannel {
  id: string;
  kind: MonthItem['channelKind'];
  /** Of all remarks of an ordinary day. */
  share: number;
  /** Own posts a day, and the hours at which they come. */
  posts: number;
  hours: readonly number[];
}

const monthChannels: readonly MonthChannel[] = [
  { id: 'months-weibo', kind: 'weibo', share: 0.58, posts: 4, hours: [8, 11, 17, 21] },
  { id: 'months-wechat', kind: 'wechat', share: 0.3, posts: 1.5, hours: [11, 17, 17, 18] },
  // The small account of a college: few remarks, so that hours say nothing and a prior must do.
  { id: 'months-college', kind: 'weibo', share: 0.08, posts: 0.7, hours: [10, 16, 20] },
  { id: 'months-leads', kind: 'manual', share: 0.04, posts: 0, hours: [] },
];

const hourMs = 3_600_000;

interface OwnPost {
  key: string;
  at: number;
  popular: number;
  channel: MonthChannel;
}

class MonthsWriter {
  readonly items: MonthItem[] = [];
  private readonly chance: Chance;
  private readonly talk: Talk;
  private readonly own: OwnPost[] = [];
  /** Those of the day whose waves are still to come. */
  private readonly ofToday: OwnPost[] = [];
  private readonly perDay: number;
  private readonly postsShare: number;
  private readonly hasSeasons: boolean;
  private readonly wavesShare: number;

  constructor({ seed, perDay = 100, postsShare = 1, wavesShare = 0.55, hasSeasons = true }: MonthsOptions) {
    this.wavesShare = wavesShare;
    this.chance = openChance(seed);
    this.talk = new Talk(this.chance);
    this.perDay = perDay;
    this.postsShare = postsShare;
    this.hasSeasons = hasSeasons;
  }

  writeOwn(day: string): void {
    for (const channel of monthChannels) {
      const count = countBy(channel.posts * this.postsShare, this.chance);
      for (let index = 0; index < count; index += 1) {
        const at = this.instant(day, pick(channel.hours, this.chance));
        const text = fillSlots(pick(ownPosts, this.chance), this.chance);
        this.ofToday.push(this.addOwn(channel, { at, text, label: 'none' }));
      }
    }
  }

  /** Something to stand under from the first hour on. */
  writeFirst(day: string): void {
    const at = Date.parse(`${day}T00:00:00+08:00`);
    for (const channel of monthChannels.filter(({ kind }) => kind !== 'manual'))
      this.addOwn(channel, { at, text: '欢迎在评论区留言，工作日两天内回复。', label: 'none' });
  }

  /** What is usual on such a day, by the hour and after each of the school's posts. */
  writeOrdinary(day: string): void {
    const isFree = this.isFreeDay(day);
    const volume = this.volumeOf(day) * popularity(0.15, this.chance);
    for (const channel of monthChannels) {
      const spread = channel.posts === 0 ? 1 : 1 - this.wavesShare;
      for (let hour = 0; hour < 24; hour += 1) {
        const mean = this.perDay * channel.share * spread * volume * shareOfHour(hour, isFree);
        const count = countBy(mean, this.chance);
        for (let index = 0; index < count; index += 1) {
          this.addRemark(channel, this.instant(day, hour), {
            text: this.talk.say(this.seasonsOf(day)),
            label: 'none',
          });
        }
      }
    }
    for (const post of this.ofToday.splice(0)) this.writeWave(post, day);
  }

  writeMatter({ matter, beganAt }: PlacedMatter): void {
    const size = matter.growth === 'small' ? 4 : Math.round((matter.size * this.perDay) / 100);
    const times = matterTimes(matter.growth, { beganAt, size }, this.chance);
    const channel = monthChannels[0];
    const [first] = times;
    if (channel === undefined || first === undefined) return;
    const answer = this.announce(matter, first + (matter.growth === 'slow' ? 50 : 3) * hourMs, channel);
    const lines = this.talk.openMatter(matter);
    for (const [index, at] of times.entries()) {
      // The first are said in full: somebody has to say what it is about.
      const text = index < 4 ? lines.say() : lines.sayOrEcho();
      const on = pickBy(monthChannels, ({ share }) => share, this.chance);
      const isUnder = answer !== null && on === channel && at > answer.at && this.chance() < 0.6;
      this.addRemark(on, at, { text, label: matter.name }, isUnder ? answer.key : undefined);
    }
  }

  private announce(matter: InventedMatter, at: number, channel: MonthChannel): OwnPost | null {
    if (matter.announced === null) return null;
    return this.addOwn(channel, { at, text: fillSlots(matter.announced, this.chance), label: matter.name });
  }

  private writeWave(post: OwnPost, day: string): void {
    const { channel } = post;
    const mean =
      ((this.perDay * channel.share * this.wavesShare) / (channel.posts * this.postsShare)) *
      this.volumeOf(day) *
      post.popular;
    const count = countBy(mean * (this.isFreeDay(day) ? 0.85 : 1), this.chance);
    for (let index = 0; index < count; index += 1) {
      let at = post.at;
      do at = post.at + 60_000 - Math.log(1 - this.chance()) * 4 * hourMs;
      while (this.chance() > wakefulness(hourOf(at), this.isFreeDay(shanghaiDay(toInstant(at)))));
      this.addRemark(channel, at, { text: this.talk.say(this.seasonsOf(day)), label: 'none' }, post.key);
    }
  }

  private addOwn(channel: MonthChannel, { at, text, label }: { at: number; text: string; label: string }) {
    const key = `${channel.id}-${this.items.length}`;
    const post = { key, at, popular: popularity(0.7, this.chance), channel };
    this.own.push(post);
    const kind = channel.kind === 'wechat' ? 'article' : 'status';
    this.add(channel, { key, at, kind, under: '', text, label });
    return post;
  }

  /** Under what is newest there, or one before it, unless told. */
  private addRemark(
    channel: MonthChannel,
    at: number,
    said: Pick<MonthItem, 'text' | 'label'>,
    under?: string,
  ) {
    const key = `${channel.id}-${this.items.length}`;
    if (channel.kind === 'manual') return this.add(channel, { key, at, kind: 'lead', under: '', ...said });
    return this.add(channel, {
      key,
      at,
      kind: 'comment',
      under: under ?? this.newestOf(channel, at),
      ...said,
    });
  }

  private newestOf(channel: MonthChannel, at: number): string {
    const back = Math.floor(Math.abs(bell(this.chance)) * 1.5);
    let found = '';
    let left = back;
    for (let index = this.own.length - 1; index >= 0 && left >= 0; index -= 1) {
      const post = this.own[index];
      if (post === undefined || post.channel !== channel || post.at > at) continue;
      found = post.key;
      left -= 1;
    }
    return found;
  }

  private add(
    { id, kind: channelKind }: MonthChannel,
    { at, ...item }: Omit<MonthItem, 'at' | 'channelId' | 'channelKind'> & { at: number },
  ) {
    this.items.push({ ...item, at: toInstant(at), channelId: id, channelKind });
  }

  private seasonsOf(day: string): readonly Season[] {
    return this.hasSeasons ? seasonsOf(day) : [];
  }

  private volumeOf(day: string): number {
    // Two seasons at once bring their own people each.
    return this.seasonsOf(day).reduce((sum, { volume }) => sum + volume - 1, 1);
  }

  private isFreeDay(day: string): boolean {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    const isOff = this.seasonsOf(day).some(({ kind }) => kind === 'holiday' || kind === 'vacation');
    return weekday === 0 || weekday === 6 || isOff;
  }

  private instant(day: string, hour: number): number {
    return Date.parse(`${day}T00:00:00+08:00`) + (hour + this.chance()) * hourMs;
  }
}

const toInstant = (ms: number) => new Date(Math.floor(ms / 1000) * 1000).toISOString();
const hourOf = (ms: number) => Math.floor(ms / hourMs + 8) % 24;

function beganAtOf({ begins }: InventedMatter, day: string): number | null {
  const asked = `${String(begins.month).padStart(2, '0')}-${String(begins.day).padStart(2, '0')}`;
  if (day.slice(5) !== asked) return null;
  return Date.parse(`${day}T00:00:00+08:00`) + begins.hour * hourMs;
}

function write(
  { from = '2025-09-01', days = 365, ...options }: MonthsOptions,
  placeOn: (day: string) => readonly PlacedMatter[],
): MonthItem[] {
  const writer = new MonthsWriter({ from, days, ...options });
  writer.writeFirst(from);
  for (let index = 0; index < days; index += 1) {
    const day = dayAfter(from, index);
    writer.writeOwn(day);
    writer.writeOrdinary(day);
    for (const placed of placeOn(day)) writer.writeMatter(placed);
  }
  const end = new Date(Date.parse(`${dayAfter(from, days)}T00:00:00+08:00`)).toISOString();
  return writer.items
    .filter(({ at }) => at < end)
    .sort((a, b) => a.at.localeCompare(b.at) || a.key.localeCompare(b.key, 'en', { numeric: true }));
}

/** Months with all matters whose beginning they hold, oldest first. */
export function writeLabelledMonths(options: MonthsOptions): MonthItem[] {
  return write(options, (day) =>
    monthMatters.flatMap((matter) => {
      const beganAt = beganAtOf(matter, day);
      return beganAt === null ? [] : [{ matter, beganAt }];
    }),
  );
}

/** The same life without any matter: every alarm in it is a false one. */
export function writeQuietMonths(options: MonthsOptions): MonthItem[] {
  return write(options, () => []);
}

/** Weeks with matters of one's choice, whatever the season. */
export function writeWeeks(options: MonthsOptions, placed: readonly PlacedMatter[]): MonthItem[] {
  return write({ ...options, hasSeasons: false }, (day) =>
    placed.filter(({ beganAt }) => shanghaiDay(toInstant(beganAt)) === day),
  );
}
