import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ChannelWindow, Gap } from '../../pipeline/domain/completeness.ts';
import { NotFound } from '../../pipeline/domain/errors.ts';
import type { CompletenessLedger } from '../../pipeline/ports/completeness-ledger.ts';
import { buildGap, buildWindow } from '../builders/completeness.ts';

export interface OpenedCompleteness {
  ledger: CompletenessLedger;
  reopen(): Promise<CompletenessLedger>;
  close(): Promise<void>;
}

const epoch = '2026-01-01T00:00:00.000Z';
const hour = (number: number) => `2026-11-22T${String(number).padStart(2, '0')}:00:00.000Z`;
const windowAt = (number: number, over: Partial<ChannelWindow> = {}) =>
  buildWindow({ from: hour(number), to: hour(number + 1), ...over });
const gapAt = (number: number, over: Partial<Gap> = {}) =>
  buildGap({ from: hour(number), to: hour(number + 1), ...over });

export function completenessLedgerContract(open: () => Promise<OpenedCompleteness>): void {
  let opened: OpenedCompleteness;
  let ledger: CompletenessLedger;
  beforeEach(async () => {
    opened = await open();
    ledger = opened.ledger;
  });
  afterEach(() => opened.close());

  it('keeps a window whole, newest first', async () => {
    const whole = windowAt(3, {
      ...{
        state: 'complete',
        expected: { usual: 12.5, low: 3.1 },
        runs: 4,
        fetched: 40,
        parsed: 39,
        created: 11,
      },
      ...{ failed: 1, refused: 2, objected: 3, credential: 'expiring', outcome: 'partial' },
    });
    expect(await ledger.closeWindow(windowAt(2), null)).toBe(true);
    expect(await ledger.closeWindow(whole, null)).toBe(true);
    await ledger.closeWindow(windowAt(3, { channelId: 'other' }), null);
    const again = await opened.reopen();
    expect(await again.listWindows('main-site', epoch, 10)).toEqual([whole, windowAt(2)]);
    expect(await again.listWindows('main-site', hour(3), 10)).toEqual([whole]);
    expect(await again.listWindows('main-site', epoch, 1)).toEqual([whole]);
  });

  it('tells from when to when windows were closed, channel by channel', async () => {
    expect(await ledger.readSpan('main-site')).toBeNull();
    for (const number of [4, 2, 3]) await ledger.closeWindow(windowAt(number), null);
    await ledger.closeWindow(windowAt(9, { channelId: 'other' }), null);
    expect(await ledger.readSpan('main-site')).toEqual({ from: hour(2), to: hour(5) });
    expect(await ledger.readSpan('other')).toEqual({ from: hour(9), to: hour(10) });
  });

  it('lists the gaps that lie over some time, filled ones too', async () => {
    const filled = { filledAt: hour(20), filledByRun: 'run' };
    const gaps = [gapAt(2, { to: hour(5) }), gapAt(6), gapAt(8, filled), gapAt(9)];
    for (const gap of gaps) {
      const window = windowAt(Number(gap.from.slice(11, 13)), { state: 'gap', gapId: gap.id });
      await ledger.closeWindow(window, { ...gap, filledAt: null, filledByRun: null });
      if (gap.filledAt !== null) await ledger.settleGap(gap);
    }
    await ledger.closeWindow(windowAt(4, { channelId: 'other' }), gapAt(4, { id: 'o', channelId: 'other' }));
    const over = (from: number, to: number, limit = 10) =>
      ledger.listGapsOver('main-site', { from: hour(from), to: hour(to) }, limit);
    // What only touches does not lie over it.
    expect(await over(4, 9)).toEqual([gaps[2], gaps[1], gaps[0]]);
    expect(await over(5, 6)).toEqual([]);
    expect(await over(3, 10, 2)).toEqual([gaps[3], gaps[2]]);
  });

  it('closes a window once, whoever comes second', async () => {
    const other = await opened.reopen();
    const gap = gapAt(2, { id: 'a' });
    const first = windowAt(2, { state: 'gap', gapId: 'a' });
    const done = await Promise.all([ledger, other, ledger, other].map((one) => one.closeWindow(first, gap)));
    expect(done.filter(Boolean)).toHaveLength(1);
    const late = { ...gap, id: 'b' };
    expect(await other.closeWindow(windowAt(2, { state: 'gap', gapId: 'b' }), late)).toBe(false);
    expect(await ledger.listWindows('main-site', epoch, 10)).toEqual([first]);
    expect(await ledger.listGaps(null, 'open', 10)).toEqual([gap]);
  });

  it('goes on with a gap', async () => {
    const gap = gapAt(2, { id: 'a', reason: '凭证失效😀' });
    await ledger.closeWindow(windowAt(2, { state: 'gap', gapId: 'a' }), gap);
    const longer: Gap = {
      ...gap,
      to: hour(4),
      reason: 'still',
      nextStep: 'somebody: do it',
      inReachSince: null,
    };
    await ledger.closeWindow(windowAt(3, { state: 'gap', gapId: 'a' }), { ...longer, openedAt: hour(4) });
    expect(await ledger.listGaps('main-site', 'open', 10)).toEqual([longer]);
  });

  it('fills a gap once, and its windows with it', async () => {
    const gap = gapAt(2, { id: 'a' });
    for (const number of [2, 3]) {
      await ledger.closeWindow(windowAt(number, { state: 'gap', gapId: 'a' }), {
        ...gap,
        to: hour(number + 1),
      });
    }
    await ledger.closeWindow(windowAt(4, { state: 'gap', gapId: 'b' }), gapAt(4, { id: 'b' }));
    const filled: Gap = { ...gap, to: hour(4), filledAt: hour(6), filledByRun: 'run-7' };
    await ledger.settleGap(filled);
    await ledger.settleGap({ ...filled, filledByRun: 'run-8' });
    expect(await ledger.listGaps(null, 'filled', 10)).toEqual([filled]);
    expect((await ledger.listGaps(null, 'open', 10)).map(({ id }) => id)).toEqual(['b']);
    const states = (await ledger.listWindows('main-site', epoch, 10)).map(({ state }) => state);
    expect(states).toEqual(['gap', 'filled', 'filled']);
    await expect(ledger.settleGap({ ...filled, id: 'never' })).rejects.toThrow(NotFound);
  });

  it('finds the gap in reach that begins first, of this channel', async () => {
    expect(await ledger.findOldestGap('main-site')).toBeNull();
    const settle = (number: number, id: string, over: Partial<Gap> = {}) =>
      ledger.closeWindow(
        windowAt(number, {
          state: 'gap',
          gapId: id,
          ...(over.channelId ? { channelId: over.channelId } : {}),
        }),
        gapAt(number, { id, ...over }),
      );
    await settle(1, 'lost', { inReachSince: null });
    await settle(5, 'later');
    await settle(3, 'first');
    await settle(0, 'foreign', { channelId: 'other' });
    expect(await ledger.findOldestGap('main-site')).toMatchObject({ id: 'first', from: hour(3) });
    await ledger.settleGap(gapAt(3, { id: 'first', filledAt: hour(9), filledByRun: null }));
    expect((await ledger.findOldestGap('main-site'))?.id).toBe('later');
    expect((await ledger.listGaps('main-site', 'open', 10)).map(({ id }) => id)).toEqual(['later', 'lost']);
    expect((await ledger.listGaps(null, 'open', 2)).map(({ id }) => id)).toEqual(['later', 'lost']);
  });
}
