import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { TrendReader } from '../pipeline/commands/read-trends-counts.ts';
import { readEvidence } from '../pipeline/commands/read-trends-evidence.ts';
import type { AccessClass } from '../pipeline/domain/access-class.ts';
import { TrendDimension } from '../pipeline/domain/trend.ts';
import {
  CompareView,
  EvidencePage,
  EvidenceRequest,
  HoursView,
  ResponsesView,
  SeriesView,
  TableView,
} from '../review-api/contract/trends.ts';
import { filterOf } from '../review-api/contract/trends-filter.ts';
import { openOffice } from './harness/office.ts';
import { openTrendScene, type TrendScene } from './harness/trend-scene.ts';
import type { Visitor } from './harness/visitor.ts';

const days = 'fromDay=2026-11-01&toDay=2026-11-26';

interface Figure {
  count: number;
  evidence: string;
}

/** Every figure of an answer, wherever it stands. */
function figuresOf(value: unknown, found: Figure[] = []): Figure[] {
  if (Array.isArray(value)) for (const one of value) figuresOf(one, found);
  else if (typeof value === 'object' && value !== null) {
    const { count, evidence } = value as Partial<Figure>;
    if (typeof evidence === 'string') found.push({ count: count ?? 0, evidence });
    for (const one of Object.values(value)) figuresOf(one, found);
  }
  return found;
}

/** Over SQLite: what both stores answer to these questions is in their contract, and who may ask on both in r19-http. */
describe('what analysts ask', () => {
  let scene: TrendScene;
  let analyst: Visitor;
  beforeAll(async () => {
    scene = await openTrendScene(await openOffice());
    analyst = await scene.enter('analyst');
  });
  afterAll(() => scene.office.close());

  async function ask<T extends z.ZodType>(view: T, path: string, visitor = analyst): Promise<z.output<T>> {
    // Pages are asked for by the hundred here; the allowance is of a minute.
    scene.office.clock.advance(60_000);
    const reply = await visitor.get(`/api/trends/${path}`);
    if (reply.status !== 200) throw new Error(`${path}: ${reply.text}`);
    return view.parse(reply.json);
  }
  const series = (query: string, visitor?: Visitor) => ask(SeriesView, `series?${days}&${query}`, visitor);

  /** How many facts stand behind a figure, asked as the reader would. */
  async function recount(evidence: string, reader: TrendReader): Promise<number> {
    const query = EvidenceRequest.parse(Object.fromEntries(new URLSearchParams(evidence)));
    const { about, fromDay, toDay, speaker, moment, late, ...rest } = query;
    let found = 0;
    for (let cursor: string | null = null; ; ) {
      const asked = { about, fromDay, toDay, speaker, moment, late, filter: filterOf(rest) };
      const { page } = await readEvidence({ ...asked, cursor, limit: 200 }, reader);
      found += page.items.length;
      if (page.nextCursor === null) return found;
      cursor = page.nextCursor;
    }
  }

  async function expectEvidence(figures: readonly Figure[], reader: TrendReader): Promise<void> {
    expect(figures.some(({ count }) => count > 0)).toBe(true);
    for (const { count, evidence } of figures) {
      expect([evidence, await recount(evidence, reader)]).toEqual([evidence, count]);
    }
  }

  function readerWith(accessClasses: AccessClass[], units: 'all' | string[] = 'all'): TrendReader {
    const { stores, clock } = scene.office;
    return { stores, clock, accessClasses, units };
  }

  describe('every figure equals what it was counted from', () => {
    const splits = ['none', ...TrendDimension.options];
    const asked: [string, z.ZodType][] = [
      ...splits.map((split): [string, z.ZodType] => [`series?${days}&grain=week&split=${split}`, SeriesView]),
      [`series?${days}&grain=month&speaker=school&split=channel`, SeriesView],
      ['series?fromDay=2026-11-04&toDay=2026-11-05&grain=hour&split=tone', SeriesView],
      [`series?${days}&grain=day&topics=canteen,-&serviceKinds=complaint,-`, SeriesView],
      [`series?${days}&grain=week&categories=fraud,unverified-claim&split=category`, SeriesView],
      ['compare?fromDay=2026-11-15&toDay=2026-11-21&split=topic', CompareView],
      [`hours?${days}&levels=low,watch`, HoursView],
      [`table?${days}&rows=unit&columns=topic`, TableView],
      [`table?${days}&rows=channel&columns=level`, TableView],
      [`table?${days}&rows=category&columns=tone&channels=weibo`, TableView],
      [`responses?${days}`, ResponsesView],
    ];
    test.each(asked)('%s', async (path, view) => {
      await expectEvidence(figuresOf(await ask(view, path)), readerWith(['open']));
    });

    test('of a unit head, whose figures are of the own unit', async () => {
      const head = await scene.enter('unit-head', 'logistics');
      const reader = readerWith(['open'], ['logistics']);
      for (const [path, view] of [
        [`series?${days}&grain=week&split=tone`, SeriesView],
        [`table?${days}&rows=unit&columns=topic`, TableView],
        [`responses?${days}`, ResponsesView],
      ] as const) {
        const answer = await ask(view, path, head);
        await expectEvidence(figuresOf(answer), reader);
        expect(JSON.stringify(answer)).not.toContain('library');
      }
      const foreign = await head.get(`/api/trends/series?${days}&units=library`);
      expect(foreign.json).toMatchObject({ status: 400, field: 'units' });
    });

    test('over HTTP, page by page', async () => {
      const { points } = await series('grain=month&split=topic');
      const [point] = points;
      let found = 0;
      let cursor = '';
      do {
        const page = await ask(EvidencePage, `evidence?${point?.evidence}&limit=7${cursor}`);
        found += page.items.length;
        cursor = page.nextCursor === null ? '' : `&cursor=${encodeURIComponent(page.nextCursor)}`;
      } while (cursor !== '');
      expect(found).toBe(point?.count);
      expect(found).toBeGreaterThan(7);
    });
  });

  test('other classes are left out before anything is counted', async () => {
    const total = async (role: 'analyst' | 'reviewer' | 'leader') => {
      const { points } = await series('grain=month', await scene.enter(role));
      return points[0]?.count ?? 0;
    };
    const open = await recount(`about=items&${days}&speaker=public`, readerWith(['open']));
    const both = await recount(`about=items&${days}&speaker=public`, readerWith(['open', 'victim']));
    expect(both).toBeGreaterThan(open);
    expect(await total('analyst')).toBe(open);
    expect(await total('leader')).toBe(open);
    expect(await total('reviewer')).toBe(both);
  });

  test('a point over an open gap is marked, one over a filled gap is whole', async () => {
    const { points, coverage, behind } = await series('grain=day');
    const at = (day: string) => points.find((point) => point.at === day);
    expect(at('2026-11-05')?.cover).toEqual({ complete: true, shortfalls: [], filled: [] });
    expect(at('2026-11-05')?.perDay).not.toBeNull();
    const weibo = { id: 'weibo', name: '官方微博' };
    expect(at('2026-11-06')?.cover).toMatchObject({
      ...{ complete: true, filled: [{ channel: weibo, cause: 'credential', hours: 2 }] },
    });
    const lack = { channel: weibo, why: 'gap', cause: 'credential', hours: 6, whole: false };
    expect(at('2026-11-12')).toMatchObject({ perDay: null, cover: { complete: false, shortfalls: [lack] } });
    // Of the public, only channels with comments and what people enter count.
    expect(coverage.map(({ channel }) => channel.id)).toEqual(['weibo', 'leads']);
    expect(coverage[0]?.gaps).toHaveLength(2);
    expect(behind).toMatchObject({ waiting: 0 });
  });

  test('zero is zero, and what nobody read is unknown', async () => {
    const path = 'series?fromDay=2026-10-30&toDay=2026-11-01&grain=day&channels=weibo';
    const { points } = await ask(SeriesView, path);
    expect(points.map(({ count }) => count)).toEqual([null, null, 0]);
    expect(points[0]?.cover.shortfalls).toMatchObject([{ why: 'unobserved', whole: true }]);
  });

  test('nothing is said of a change over a gap, before the first window, or from too few', async () => {
    const reason = async (query: string) => {
      const { total } = await ask(CompareView, `compare?${query}`);
      return total.change === null ? total.reason : total.change.direction;
    };
    expect(await reason('fromDay=2026-11-13&toDay=2026-11-19')).toBe('gap');
    expect(await reason('fromDay=2026-11-02&toDay=2026-11-08')).toBe('not-observed');
    expect(await reason('fromDay=2026-11-02&toDay=2026-11-08&against=last-year')).toBe('not-observed');
    expect(await reason('fromDay=2026-11-20&toDay=2026-11-26')).toMatch(
      /too-few|unfinished|more|fewer|unclear/,
    );
    expect(await reason('fromDay=2026-11-07&toDay=2026-11-07')).toBe('too-few');
    const own = 'fromDay=2026-11-07&toDay=2026-11-11&against=other&againstFromDay=2026-11-02';
    expect(['unclear', 'too-few']).toContain(await reason(own));
  });

  test('the hours of the week leave out hours that were not read', async () => {
    const { hours } = await ask(HoursView, 'hours?fromDay=2026-11-02&toDay=2026-11-15&channels=weibo');
    // Two Thursdays, and on one of them nothing was read from ten to four.
    const thursday = (hour: number) => hours[3 * 24 + hour];
    expect(thursday(9)).toMatchObject({ weekday: 4, hour: 9, observedHours: 2 });
    expect(thursday(10)).toMatchObject({ observedHours: 1 });
    expect(thursday(16)).toMatchObject({ observedHours: 2 });
  });

  test('how soon slips were answered, with what is overdue now', async () => {
    const { total, byUnit, byTopic } = await ask(ResponsesView, `responses?${days}`);
    const counts = (line: typeof total) => ({
      ...{ sent: line.sent.count, answered: line.answered.count, late: line.answeredLate.count },
      ...{ open: line.openNow.count, overdue: line.overdueNow.count, received: line.received.count },
    });
    expect(counts(total)).toEqual({ sent: 5, received: 5, answered: 3, late: 1, open: 2, overdue: 1 });
    const logistics = byUnit.find(({ value }) => value === 'logistics');
    expect(logistics?.name).toBe('后勤处');
    expect(logistics && counts(logistics)).toEqual({
      sent: 4,
      received: 4,
      answered: 3,
      late: 1,
      open: 1,
      overdue: 1,
    });
    expect(logistics?.toAnswer.count).toBe(3);
    expect(logistics?.toAnswer.medianMinutes).not.toBeNull();
    // One slip: no median of it.
    const library = byUnit.find(({ value }) => value === 'library');
    expect(library?.toReceipt).toMatchObject({ count: 1, medianMinutes: null, p90Minutes: null });
    expect(byTopic?.find(({ value }) => value === 'canteen')?.sent.count).toBe(5);
  });

  test('evidence has no text, and a link to the case for whoever may open it', async () => {
    const path = `evidence?about=items&${days}&speaker=public&limit=200`;
    const [mine, theirs] = [
      await ask(EvidencePage, path),
      await ask(EvidencePage, path, await scene.enter('reviewer')),
    ];
    const links = ({ items }: typeof mine) =>
      items.filter((one) => one.about === 'items' && one.caseId !== null).length;
    expect(links(mine)).toBe(0);
    expect(links(theirs)).toBeGreaterThan(0);
    expect(JSON.stringify(theirs)).not.toContain('消息');
    const slips = await ask(
      EvidencePage,
      `evidence?about=handovers&${days}&moment=sent`,
      await scene.enter('leader'),
    );
    expect(slips.items.every((one) => one.about === 'handovers' && one.caseId === null)).toBe(true);
  });

  test.each([
    ['evidence?about=cases&units=logistics', 'moment'],
    ['evidence?about=cases&moment=sent', 'moment'],
    ['evidence?about=handovers&moment=sent&tones=negative', 'tones'],
    ['evidence?about=items&late=yes', 'late'],
    ['series?grain=hour', 'grain'],
    ['series?channels=nowhere', 'channels'],
    ['series?author=x', 'author'],
    ['table?rows=unit&columns=unit', 'columns'],
    ['compare?against=other', 'againstFromDay'],
  ])('%s names what is wrong', async (path, field) => {
    const reply = await analyst.get(`/api/trends/${path}&${days}`);
    expect(reply.json).toMatchObject({ status: 400, code: 'invalid-input', field });
  });

  test.each([
    'series',
    'compare?fromDay=2026-11-07&toDay=2026-11-11',
    'hours',
    'table?rows=topic&columns=level',
    'responses',
  ])('%s knows no unit that is not in the register, and none is no zero', async (asked) => {
    const [name, own] = asked.split('?');
    const period = own?.startsWith('fromDay') ? own : `${days}&${own ?? ''}`;
    const reply = await analyst.get(`/api/trends/${name}?${period}&units=library,nowhere`);
    expect(reply.json).toMatchObject({ status: 400, field: 'units', detail: '没有登记的单位：nowhere。' });
    expect((await analyst.get(`/api/trends/${name}?${period}&units=library,-`)).status).toBe(200);
    // Who sees the own unit alone is not told which others there are.
    const head = await scene.enter('unit-head', 'logistics');
    const of = async (unit: string) =>
      (await head.get(`/api/trends/${name}?${period}&units=${unit}`)).json as Record<string, unknown>;
    const { detail, field, status } = await of('library');
    expect(await of('nowhere')).toMatchObject({ detail, field, status });
  });

  test.each(['series', 'compare', 'hours', 'responses', 'evidence'])('%s as a file', async (name) => {
    const period = name === 'compare' ? 'fromDay=2026-11-07&toDay=2026-11-11' : days;
    const csv = await analyst.get(`/api/trends/${name}/file?${period}&format=csv`);
    expect(csv.headers.get('content-type')).toContain('text/csv');
    expect(csv.headers.get('content-disposition')).toContain('attachment');
    expect(csv.text.split('\r\n').length).toBeGreaterThan(3);
    const xlsx = await analyst.get(`/api/trends/${name}/file?${period}&format=xlsx`);
    expect(xlsx.headers.get('content-type')).toContain('spreadsheetml');
  });

  test('a file of a table has the words of the office, its sums, and what was not read', async () => {
    const { text } = await analyst.get(`/api/trends/table/file?${days}&rows=unit&columns=topic&format=csv`);
    const table = await ask(TableView, `table?${days}&rows=unit&columns=topic`);
    expect(text).toContain('单位＼领域');
    expect(text).toContain('后勤处');
    expect(text).toContain('登录凭据失效');
    expect(text).toContain(`,${table.total.count}\r\n`);
  });
});
