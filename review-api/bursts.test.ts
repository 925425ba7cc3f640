import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeWorkbook } from '../pipeline/extract/write-workbook.ts';
import { buildBurst } from '../test/builders/burst.ts';
import { type Office, openOffice } from '../test/harness/office.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const bytes = (text: string) => new TextEncoder().encode(text);
const csv = (...lines: string[]) => bytes(['名称,类型,起,止', ...lines].join('\n'));
/** One sentence in the office's language; codes that may be sent are named as they are. */
const plainWords = (detail = ''): boolean =>
  /^[^✖]*\p{Script=Han}[^✖]*。$/u.test(detail) && !/[A-Z][a-z]+ /.test(detail);
const upload = { 'content-type': 'application/octet-stream' };

it('bursts are listed, answered with a reason, and counted', async () => {
  const analyst = await office.visitAs('analyst');
  const at = office.clock.now();
  const burst = buildBurst({ topic: 'canteen' });
  for (const one of [burst, buildBurst({ from: '2026-03-09T08', last: '2026-03-09T10' })])
    await office.stores.bursts.record({ burst: one, expectedVersion: null, tell: true, at });
  const address = `/api/bursts/${encodeURIComponent(burst.id)}`;
  const answer = { is: 'dismiss', commandId: randomUUID(), seenVersion: 1, reason: 'calendar' };
  const answered = await analyst.post(`${address}/answer`, { answer });
  expect(answered.json).toMatchObject({ state: 'dismissed', version: 2, mayAnswer: true });
  expect(
    (await analyst.post(`${address}/answer`, { answer: { ...answer, commandId: randomUUID() } })).status,
  ).toBe(409);
  const wrong = await analyst.post(`${address}/answer`, { answer: { ...answer, reason: 'bad press' } });
  expect(wrong.status).toBe(400);
  const list = await analyst.get('/api/bursts?state=open');
  expect(list.json).toMatchObject({ items: [{ from: '2026-03-09T08', channelName: expect.any(String) }] });
  const figures = await analyst.get('/api/burst-figures?fromDay=2026-03-01&toDay=2026-03-31');
  expect(figures.json).toEqual({
    ...{ began: 2, dismissed: 1, dismissedShare: 0.5, late: 0, reasons: { calendar: 1 } },
  });
  expect((await analyst.get('/api/burst-figures?fromDay=2026-03-31&toDay=2026-03-01')).json).toMatchObject({
    field: 'toDay',
  });
  expect((await analyst.get(`${address}/items`)).json).toEqual({ items: [], nextCursor: null });
});

it('a head of unit sees the waves of the own channels alone', async () => {
  const at = office.clock.now();
  const burst = buildBurst({ channelId: 'elsewhere' });
  await office.stores.bursts.record({ burst, expectedVersion: null, tell: true, at });
  const head = await office.visitAs('unit-head');
  const list = await head.get('/api/bursts');
  expect([list.status, list.json]).toEqual(
    list.status === 200 ? [200, { items: [], nextCursor: null }] : [403, list.json],
  );
  expect((await head.get(`/api/bursts/${encodeURIComponent(burst.id)}`)).status).toBeGreaterThanOrEqual(403);
});

it('a table whose columns are called 开始 and 结束 is read as well', async () => {
  const preview = await (await office.visitAs('analyst')).send(
    'POST',
    '/api/calendar/preview?fileName=a.csv',
    {
      raw: bytes('名称,类型,开始日期,结束日期\n寒假,,2027-01-16,2027-02-21'),
      headers: upload,
    },
  );
  expect(preview.json).toMatchObject({ periods: [{ name: '寒假', from: '2027-01-16', to: '2027-02-21' }] });
});

it('a calendar is looked at before it is saved, and an old version is refused', async () => {
  const analyst = await office.visitAs('analyst');
  const preview = await analyst.send('POST', '/api/calendar/preview?fileName=a.csv', {
    raw: csv(
      '新生报到,,2026-09-01,2026-09-03',
      '秋季运动会,活动,2026-10-24,',
      '例会,,2026-10-24,',
      '考试,考试,哪天,',
    ),
    headers: upload,
  });
  expect(preview.json).toMatchObject({
    periods: [
      { name: '新生报到', kind: 'opening', guessedFrom: '报到', change: 'new' },
      { name: '秋季运动会', kind: 'event', guessedFrom: null, to: '2026-10-24' },
    ],
    ignored: [{ name: '例会', place: '第4行' }],
    problems: [{ place: '第5行', field: '起' }],
  });
  const { next, version } = preview.json as { next: object[]; version: number };
  const saved = await analyst.post('/api/calendar', { calendar: { periods: next }, seenVersion: version });
  expect(saved.json).toMatchObject({ mayEdit: true, calendar: { periods: next, daysOff: [] } });
  expect((await analyst.post('/api/calendar', { calendar: {}, seenVersion: version })).status).toBe(409);
  const bad = { periods: [{ name: '报到', kind: 'opening', from: '2026-09-03', to: '2026-09-01' }] };
  const refused = await analyst.post('/api/calendar', { calendar: bad, seenVersion: version });
  expect(refused.status).toBe(400);
  const leader = await office.visitAs('leader');
  expect((await leader.get('/api/calendar')).json).toMatchObject({ mayEdit: false });
});

it('a calendar that cannot be is refused, the field named, in plain words', async () => {
  const analyst = await office.visitAs('analyst');
  const exam = { name: '期末', kind: 'exam', from: '2026-12-28', to: '2027-01-08' };
  const wrongs: [field: string, calendar: object][] = [
    ['periods.0.to', { periods: [{ ...exam, to: '2026-12-01' }] }],
    ['periods.0.to', { periods: [{ ...exam, to: '9999-01-08' }] }],
    ['periods.0.to', { periods: [{ ...exam, to: '2028-01-08' }] }],
    ['periods.0.from', { periods: [{ ...exam, from: '0206-12-28' }] }],
    ['periods.0.from', { periods: [{ ...exam, from: '明天' }] }],
    ['periods.0.kind', { periods: [{ ...exam, kind: 'test' }] }],
    ['periods.0.till', { periods: [{ ...exam, till: '2027-01-08' }] }],
    ['daysOff.0.to', { daysOff: [{ name: '校庆', from: '2026-10-01', to: '2027-03-01' }] }],
    ['daysOff.0.name', { daysOff: [{ name: '庆'.repeat(61), from: '2026-10-01' }] }],
    ['workingDays.0.day', { workingDays: [{ name: '补班', day: '9999-10-10' }] }],
    ['enteredYears.0', { enteredYears: [2999] }],
  ];
  for (const [field, calendar] of wrongs) {
    const { json } = await analyst.post('/api/calendar', { calendar, seenVersion: 0 });
    const { status, field: named, detail } = json as Record<string, string>;
    expect([status, named, detail, plainWords(detail)]).toEqual([400, `calendar.${field}`, detail, true]);
  }
});

it('a file names row and column of what cannot be, an event its number', async () => {
  const analyst = await office.visitAs('analyst');
  const ask = async (raw: ReturnType<typeof bytes>) => {
    const { json } = await analyst.send('POST', '/api/calendar/preview?fileName=a', { raw, headers: upload });
    return json as { problems: { place: string; field: string; message: string }[]; next: object[] };
  };
  const table = await ask(csv('报到,,2026-09-01,', '期末考试,,2026-12-28,9999-01-08', '军训,,1926-09-01,'));
  expect(table).toMatchObject({
    ...{ next: [{ name: '报到' }] },
    problems: [
      { place: '第3行', field: '止', message: expect.stringContaining('2031-12-31') },
      { place: '第4行', field: '起', message: expect.stringContaining('核对年份') },
    ],
  });
  const rows = [
    ['名称', '类型', '起', '止'],
    ['期末考试', '考试', '2026-12-28', '2062-01-08'],
  ];
  const sheet = { name: '校历', rows, widths: [9, 9, 9, 9], emptyRows: 2 };
  expect(await ask(new Uint8Array(writeWorkbook([sheet])))).toMatchObject({
    ...{ next: [], problems: [{ place: '第2行', field: '止' }] },
  });
  const event = (end: string) => [
    ...['BEGIN:VEVENT', 'DTSTART;VALUE=DATE:20261228', `DTEND;VALUE=DATE:${end}`, 'SUMMARY:期末考试'],
    'END:VEVENT',
  ];
  const lines = ['BEGIN:VCALENDAR', ...event('99991231'), ...event('20261399'), 'END:VCALENDAR'];
  expect(await ask(bytes(lines.join('\r\n')))).toMatchObject({
    ...{ next: [] },
    problems: [
      { place: '第2个事件', field: 'DTEND' },
      { place: '第1个事件', field: '止' },
    ],
  });
});

it('bad days, states and answers of bursts are told in plain words', async () => {
  const analyst = await office.visitAs('analyst');
  const answer = { is: 'dismiss', commandId: randomUUID(), seenVersion: 1, reason: 'bad press' };
  const replies = [
    await analyst.get('/api/burst-figures?fromDay=2026-13-01&toDay=2026-11-01'),
    await analyst.get('/api/bursts?state=loud'),
    await analyst.post('/api/bursts/one/answer', { answer }),
    await analyst.post('/api/bursts/one/answer', { answer: { ...answer, is: 'maybe' } }),
  ];
  const told = replies.map(({ json }) => json as Record<string, string>);
  expect(told.map(({ field }) => field)).toEqual(['fromDay', 'state', 'answer.reason', 'answer.is']);
  for (const { detail } of told) expect([detail, plainWords(detail)]).toEqual([detail, true]);
});

it('a file that is no calendar says what to do', async () => {
  const analyst = await office.visitAs('analyst');
  const ask = async (raw: ReturnType<typeof bytes>) =>
    (await analyst.send('POST', '/api/calendar/preview?fileName=a.csv', { raw, headers: upload })).json;
  expect(await ask(bytes('姓名,电话\n某,1'))).toMatchObject({ field: 'file' });
  expect(await ask(bytes('名称,类型\n报到,开学'))).toMatchObject({ field: 'file' });
});
