import { describe, expect, it } from 'vitest';
import { buildRun } from '../../test/builders/crawl.ts';
import { type Closing, closeWindow, type GapCause, windowFrom, windowStart } from './completeness.ts';
import type { CrawlRun } from './crawl.ts';

const day = '2026-11-22T';
const at = (clock: string) => `${day}${clock}:00.000Z`;
const window = { from: at('10:00'), to: at('11:00') };

describe('windows', () => {
  it.each([
    [5, '2026-11-22T10:00:00.000Z', '2026-11-22T11:00:00.000Z'],
    [60, '2026-11-22T10:00:00.000Z', '2026-11-22T11:00:00.000Z'],
    [61, '2026-11-22T10:00:00.000Z', '2026-11-22T12:00:00.000Z'],
    [300, '2026-11-22T10:00:00.000Z', '2026-11-22T16:00:00.000Z'],
    [480, '2026-11-22T08:00:00.000Z', '2026-11-22T16:00:00.000Z'],
    [1440, '2026-11-21T16:00:00.000Z', '2026-11-22T16:00:00.000Z'],
    [10_080, '2026-11-21T16:00:00.000Z', '2026-11-22T16:00:00.000Z'],
  ])('every %i minutes: around 10:17 from %s to %s, on a Shanghai clock', (everyMinutes, from, to) => {
    expect(windowStart(at('10:17'), everyMinutes)).toBe(from);
    expect(windowFrom(from, everyMinutes)).toEqual({ from, to });
  });
  it('after a change of cadence the next one goes on where the last one ended', () => {
    expect(windowFrom(at('11:00'), 240)).toEqual({ from: at('11:00'), to: at('12:00') });
  });
});

const ended = (clock: string, over: Partial<CrawlRun> = {}) =>
  buildRun({
    id: clock,
    state: 'finished',
    startedAt: at(clock),
    endedAt: at(clock),
    outcome: 'complete',
    reachedBack: true,
    parsed: 1,
    ...over,
  });
const credential = {
  outcome: 'credential',
  reachedBack: false,
  nextStep: 'publicity: log in',
  note: 'expired',
} as const;
const refused = { outcome: 'refused', reachedBack: false } as const;
const failed = { outcome: 'failed', reachedBack: false, parsed: 0, failed: 5 } as const;
const changed = { outcome: 'partial', unknown: 3 } as const;
const killed = { state: 'interrupted', outcome: null, reachedBack: null } as const;

const close = (over: Partial<Closing>) =>
  closeWindow({
    pagesBack: true,
    ...{ channelId: 'main-site', everyMinutes: 60, window, now: at('11:30') },
    ...{ runs: [], expected: null, dayBefore: null, commentsOff: null, ...over },
  });
const stateOf = (over: Partial<Closing>) => {
  const closed = close(over);
  if (closed === null) return 'open';
  return closed.gap === null ? closed.window.state : closed.gap.cause;
};

describe('closing a window', () => {
  it.each<[string, CrawlRun[], string, 'open' | 'complete' | 'quiet' | GapCause]>([
    ['is not over', [ended('10:05')], '10:59', 'open'],
    ['nothing new', [ended('10:05')], '11:00', 'quiet'],
    ['something new', [ended('10:05', { created: 2 })], '11:00', 'complete'],
    ['an edit', [ended('10:05', { edited: 1 })], '11:00', 'complete'],
    [
      'a page that failed is no quiet',
      [ended('10:05', { failed: 1, outcome: 'partial' })],
      '11:00',
      'complete',
    ],
    [
      'an odd page among new ones',
      [ended('10:05', { ...changed, unknown: 1, created: 9 })],
      '11:00',
      'complete',
    ],
    ['no run so far, one may still come', [ended('09:55')], '11:10', 'open'],
    ['no run, the next went through', [ended('09:55'), ended('11:01')], '11:02', 'quiet'],
    ['no run, the next failed', [ended('09:55'), ended('11:01', failed)], '11:02', 'failed'],
    ['no run, the next came too late', [ended('09:55'), ended('11:25')], '11:30', 'no-run'],
    ['no run at all', [], '11:30', 'no-run'],
    ['a run is under way', [buildRun({ id: 'r', startedAt: at('10:50') })], '12:30', 'open'],
    [
      'a run has been under way for too long',
      [buildRun({ id: 'r', startedAt: at('10:50') })],
      '17:01',
      'no-run',
    ],
    ['a run that was killed', [ended('10:05', killed)], '11:30', 'no-run'],
    ['killed, and begun again', [ended('10:05', killed), ended('10:07')], '11:00', 'quiet'],
    ['killed, and begun again after the end', [ended('10:55', killed), ended('11:01')], '11:05', 'quiet'],
    ['the credential', [ended('10:05', credential)], '11:00', 'credential'],
    ['refused', [ended('10:05', refused)], '11:00', 'refused'],
    ['failed', [ended('10:05', failed)], '11:00', 'failed'],
    ['nothing could be read of what is new', [ended('10:05', changed)], '11:00', 'page-changed'],
    ['an unknown list', [ended('10:05', { ...failed, failed: 0, unknown: 1 })], '11:00', 'page-changed'],
    [
      'not back to what is known',
      [ended('10:05', { outcome: 'partial', reachedBack: false })],
      '11:00',
      'not-read-back',
    ],
    ['nobody knows how far back', [ended('10:05', { reachedBack: null })], '11:00', 'not-read-back'],
    ['went well first, then not', [ended('10:05'), ended('10:35', credential)], '11:00', 'credential'],
    ['failed first, then went well', [ended('10:05', failed), ended('10:35')], '11:00', 'complete'],
    ['held up by the credential', [ended('09:05', credential)], '11:30', 'credential'],
    [
      'held up since days: nothing runs',
      [{ ...ended('09:05', credential), startedAt: '2026-11-20T09:05:00.000Z' }],
      '11:30',
      'no-run',
    ],
    ['a good run long ago', [ended('03:00')], '11:30', 'no-run'],
  ])('%s', (_name, runs, now, state) => {
    expect(stateOf({ runs, now: at(now) })).toBe(state);
  });

  it('says why and who must do what, as the run said it', () => {
    const runs = [ended('10:05', { ...credential, credential: 'refused', failed: 1, fetched: 2 })];
    expect(close({ runs })).toMatchObject({
      gap: { cause: 'credential', reason: 'expired', nextStep: 'publicity: log in' },
      window: { state: 'gap', runs: 1, failed: 1, fetched: 2, credential: 'refused', outcome: 'credential' },
    });
  });
  it('counts the runs of the window and no others', () => {
    const runs = [
      ended('09:59', { created: 100 }),
      ended('10:00', { created: 1 }),
      ended('10:30', { created: 2 }),
    ];
    const late = ended('11:00', { created: 100 });
    expect(close({ runs: [...runs, late] })?.window).toMatchObject({
      runs: 2,
      created: 3,
      state: 'complete',
    });
  });
  it('comments that may not be gathered are a gap, though all else went through', () => {
    const runs = [ended('10:05', { created: 4 })];
    expect(close({ runs, commentsOff: 'no assessment' })?.gap).toMatchObject({
      ...{ cause: 'comments-gate', reason: 'no assessment' },
    });
    expect(stateOf({ runs: [ended('10:05', failed)], commentsOff: 'no assessment' })).toBe('failed');
  });

  it.each([
    ['as many as usual', 30, { usual: 40, low: 10 }, null, 'complete'],
    ['at the bound', 10, { usual: 40, low: 10 }, null, 'complete'],
    ['far fewer', 9, { usual: 40, low: 10 }, null, 'fewer-than-usual'],
    ['none where few are usual', 0, { usual: 3, low: 0 }, null, 'quiet'],
    [
      'none all day, where few an hour are usual',
      0,
      { usual: 1, low: 0 },
      { created: 1, usual: 23 },
      'fewer-than-usual',
    ],
    ['enough in the day', 0, { usual: 1, low: 0 }, { created: 6, usual: 23 }, 'quiet'],
    ['no history', 0, null, null, 'quiet'],
  ] as const)('%s', (_name, created, expected, dayBefore, state) => {
    expect(stateOf({ runs: [ended('10:05', { created })], expected, dayBefore })).toBe(state);
  });
});
