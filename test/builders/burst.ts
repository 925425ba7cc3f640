import { type Burst, burstId } from '../../pipeline/domain/burst.ts';

/** An open wave of a Thursday noon; its id follows from its series and first hour. */
export function buildBurst(more: Partial<Burst>): Burst {
  const burst: Burst = {
    ...{ id: '', version: 1, channelId: 'main-site', topic: null },
    ...{ from: '2026-03-05T12', last: '2026-03-05T15', peakHour: '2026-03-05T13', peakCount: 31 },
    ...{ observed: 74, expected: 11.5, chance: 3.2e-9, windowHours: 1, method: 'hour-of-week' },
    ...{ calendar: [], noticedAt: '2026-03-05T04:20:00.000Z', late: false, state: 'open', dismissed: null },
    ...more,
  };
  return { ...burst, id: burstId(burst.channelId, burst.topic, burst.from) };
}
