import { describe, expect, it } from 'vitest';
import type { CalendarEntry } from './calendar-import.ts';
import * as calendar from './calendar-import.ts';
import { readIcs } from './ics-calendar.ts';
import { calendarReach, type SchoolPeriod } from './school-calendar.ts';

const entry = (name: string, more: Partial<CalendarEntry> = {}): CalendarEntry => ({
  ...{ place: '第2行', name, kind: '', from: '2026-09-01', to: '2026-09-03', ...more },
});
const none = { periods: [] };
const planCalendar = (entries: readonly CalendarEntry[], stored: { periods: SchoolPeriod[] }) =>
  calendar.planCalendar(entries, stored, calendarReach('2026-11-20'));

describe('a table', () => {
  it.each([
    ['新生报到', 'opening', '报到'],
    ['期末考试周', 'exam', '期末考'],
    ['毕业生离校', 'graduation', '毕业'],
    ['本科招生咨询', 'admission', '招生'],
    ['暑假', 'vacation', '暑假'],
    ['秋季运动会', 'event', '运动会'],
    ['2026—2027学年第一学期', 'term', '学期'],
    ['开学补考', 'exam', '补考'],
  ] as const)('guesses what %s is, and says from which words', (name, kind, guessedFrom) => {
    const plan = planCalendar([entry(name)], none);
    expect(plan.periods).toMatchObject([{ name, kind, guessedFrom, change: 'new' }]);
    expect(plan.problems).toEqual([]);
  });

  it('takes the kind that is written, in any of its names', () => {
    const written = ['活动', 'event', '校庆'].map((kind) => entry('某某周', { kind }));
    expect(planCalendar(written, none).periods.map(({ kind, guessedFrom }) => [kind, guessedFrom])).toEqual([
      ['event', null],
      ['event', null],
      ['event', null],
    ]);
  });

  it('reads days as people write them, and one day without an end', () => {
    const days = ['2026/9/1', '2026.09.01', '2026年9月1日', '20260901', '2026-09-01 08:00'];
    for (const from of days) {
      expect(planCalendar([entry('报到', { from, to: '' })], none).periods).toMatchObject([
        { from: '2026-09-01', to: '2026-09-01' },
      ]);
    }
  });

  it('names row and field of all that is wrong, and leaves it out', () => {
    const bad = [
      entry('', { place: '第3行' }),
      entry('报到', { place: '第4行', from: '九月一日' }),
      entry('报到', { place: '第5行', to: '2026-02-30' }),
      entry('报到', { place: '第6行', to: '2026-08-01' }),
      entry('报到', { place: '第7行', kind: '随便' }),
      entry('报到', { place: '第8行', to: '2028-09-01' }),
      entry('报到', { place: '第9行', from: '9999-09-01', to: '' }),
      entry('报到', { place: '第10行', from: '1926-09-01' }),
      entry('报到', { place: '第11行', to: '2062-09-03' }),
    ];
    const plan = planCalendar(bad, none);
    expect(plan.problems.map(({ place, field }) => `${place} ${field}`)).toEqual([
      ...['第3行 名称', '第4行 起', '第5行 止', '第6行 止', '第7行 类型', '第8行 止'],
      ...['第9行 起', '第10行 起', '第11行 止'],
    ]);
    expect(plan.next).toEqual([]);
  });

  it('says what is new, changed, the same, and what it has no use for', () => {
    const stored = {
      periods: [
        { name: '新生报到', kind: 'opening' as const, from: '2026-09-02', to: '2026-09-04' },
        { name: '新生报到', kind: 'opening' as const, from: '2025-09-01', to: '2025-09-03' },
        { name: '寒假', kind: 'vacation' as const, from: '2026-01-18', to: '2026-02-24' },
      ],
    };
    const plan = planCalendar(
      [
        entry('新生报到'),
        entry('寒假', { from: '2026-01-18', to: '2026-02-24' }),
        entry('国庆放假', { from: '2026-10-01', to: '2026-10-07' }),
        entry('教职工大会'),
      ],
      stored,
    );
    expect(plan.periods.map(({ name, change, before }) => [name, change, before?.from ?? null])).toEqual([
      ['新生报到', 'changed', '2026-09-02'],
      ['寒假', 'same', null],
    ]);
    expect(plan.ignored.map(({ name }) => name)).toEqual(['国庆放假', '教职工大会']);
    expect(plan.next.map(({ from }) => from)).toEqual(['2025-09-01', '2026-01-18', '2026-09-01']);
  });
});

const ics = (...lines: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR'].join('\r\n');
const event = (...lines: string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'];

describe('a 校历 as iCalendar', () => {
  it('reads whole days, whose end is the day after, and folded names', () => {
    const read = readIcs(
      ics(
        ...event('DTSTART;VALUE=DATE:20260901', 'DTEND;VALUE=DATE:20260904', 'SUMMARY:新生报', ' 到\\, 迎新'),
        ...event(
          'DTSTART;VALUE=DATE:20261024',
          'SUMMARY:运动会',
          'BEGIN:VALARM',
          'SUMMARY:提醒',
          'END:VALARM',
        ),
      ),
    );
    expect(read?.problems).toEqual([]);
    expect(read?.entries).toMatchObject([
      { place: '第1个事件', name: '新生报到, 迎新', from: '2026-09-01', to: '2026-09-03' },
      { place: '第2个事件', name: '运动会', from: '2026-10-24', to: '2026-10-24' },
    ]);
  });

  it('tells instants in UTC on a Shanghai clock', () => {
    const read = readIcs(ics(...event('DTSTART:20260831T230000Z', 'DTEND:20260901T090000Z', 'SUMMARY:报到')));
    expect(read?.entries).toMatchObject([{ from: '2026-09-01', to: '2026-09-01' }]);
  });

  it('refuses by name what repeats, and says what is missing', () => {
    const read = readIcs(
      ics(
        ...event('DTSTART;VALUE=DATE:20260901', 'RRULE:FREQ=YEARLY', 'SUMMARY:校庆'),
        ...event('DTSTART;VALUE=DATE:20260901', 'EXDATE:20260902', 'SUMMARY:校庆'),
        ...event('SUMMARY:校庆'),
        ...event('DTSTART;VALUE=DATE:20260901'),
        ...event('DTSTART;VALUE=DATE:2026', 'SUMMARY:校庆'),
        ...event('DTSTART;VALUE=DATE:20260901', 'DTEND;VALUE=DATE:20261399', 'SUMMARY:校庆'),
        'no line of it',
        'BEGIN:VEVENT',
      ),
    );
    expect(read?.entries).toEqual([]);
    expect(read?.problems.map(({ place, field }) => `${place} ${field}`)).toEqual([
      ...[
        '第1个事件 RRULE',
        '第2个事件 EXDATE',
        '第3个事件 DTSTART',
        '第4个事件 SUMMARY',
        '第5个事件 DTSTART',
        '第6个事件 DTEND',
      ],
      ...['第28行 格式', '第7个事件 END'],
    ]);
  });

  it('is none where it does not begin as one', () => {
    expect(readIcs('名称,类型,起,止\n报到,,2026-09-01,')).toBeNull();
  });
});
