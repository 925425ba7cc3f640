import { describe, expect, it } from 'vitest';
import { describeKind, describeWindow } from './channel-labels.ts';

const counts = { runs: 1, fetched: 9, parsed: 3, created: 0, failed: 0, refused: 0, objected: 0 };
const window = {
  ...{ from: '2026-11-20T01:00:00.000Z', to: '2026-11-20T02:00:00.000Z', state: 'gap' as const, ...counts },
  ...{
    expected: { usual: 4.2, low: 1 },
    credential: 'ok' as const,
    outcome: null,
    gapId: 'g',
    closedAt: null,
  },
};

describe('what a channel’s ledger says', () => {
  it('tells a window in words, with the day once', () => {
    expect(describeWindow(window)).toBe('11月20日 09:00 至 10:00，有缺口，新增 0 条（平常约 4 条）');
    const overnight = { ...window, to: '2026-11-21T01:00:00.000Z', expected: null, state: 'quiet' as const };
    expect(describeWindow(overnight)).toBe('11月20日 09:00 至 11月21日 09:00，完整，没有新内容，新增 0 条');
  });

  it('names a platform, known or written out', () => {
    expect(describeKind({ kind: 'manual', platform: 'led' })).toBe('LED 屏');
    expect(describeKind({ kind: 'manual', platform: '校门口公告栏' })).toBe('校门口公告栏');
    expect(describeKind({ kind: 'site', platform: null })).toBe('网站');
  });
});
