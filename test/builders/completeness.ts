import type { ChannelWindow, Gap } from '../../pipeline/domain/completeness.ts';

/** A quiet hour of the channel `main-site`. */
export function buildWindow(
  overrides: Partial<ChannelWindow> & Pick<ChannelWindow, 'from' | 'to'>,
): ChannelWindow {
  return {
    channelId: 'main-site',
    state: 'quiet',
    expected: null,
    runs: 1,
    fetched: 1,
    parsed: 1,
    created: 0,
    failed: 0,
    refused: 0,
    objected: 0,
    credential: 'none-needed',
    outcome: 'complete',
    gapId: null,
    closedAt: overrides.to,
    ...overrides,
  };
}

/** A gap of the channel `main-site` that was opened at its end. */
export function buildGap(overrides: Partial<Gap> & Pick<Gap, 'from' | 'to'>): Gap {
  return {
    id: `main-site@${overrides.from}`,
    channelId: 'main-site',
    cause: 'failed',
    reason: 'nothing could be read',
    nextStep: 'operator: see why',
    inReachSince: overrides.to,
    openedAt: overrides.to,
    filledAt: null,
    filledByRun: null,
    ...overrides,
  };
}
