import { expect, it } from 'vitest';
import {
  isRemark,
  type Remark,
  readDays,
  scoreAlarms,
  toHour,
  watchAsProduct,
  watchByDeviation,
} from '../../bench/bursts/watch-months.ts';
import { type MonthItem, writeLabelledMonths, writeQuietMonths } from '../campus/months/labelled-months.ts';

/** Arrival, drill and the October holidays; five weeks of them are history. `npm run bench -- bursts` measures more, with topics. */
const from = '2025-09-01';
const [count, start] = [110, 35];
/** Topics by label, since judging takes a minute: what is said of the outage is about the network, and the rest about nothing. */
const read = (items: readonly MonthItem[]): Remark[] =>
  items.filter(isRemark).map(({ channelId, at, label }) => {
    const topic = label === 'dorm-network-outage' ? 'network' : null;
    return { channelId, hour: toHour(at, from), topic, label };
  });

it('is quiet in quiet months, quieter than a count that knows no calendar and no scatter', async () => {
  const days = await readDays(from, count);
  const remarks = read(writeQuietMonths({ seed: 31, from, days: count }));
  const months = (count - start) / 30.4;
  const alarms = watchAsProduct({ remarks, days, start });
  // This seed has 2.8 a month, others less than one: docs/models.md.
  expect(alarms.length / months).toBeLessThanOrEqual(3.2);
  expect(watchByDeviation({ remarks, days, start }).length).toBeGreaterThan(alarms.length);
});

it('notices a sudden matter within its first hours', async () => {
  const days = await readDays(from, count);
  const remarks = read(writeLabelledMonths({ seed: 31, from, days: count }));
  const { matters } = scoreAlarms(remarks, watchAsProduct({ remarks, days, start }));
  const outage = matters.find(({ label }) => label === 'dorm-network-outage');
  expect(outage?.size).toBe(120);
  expect(outage?.hoursToNotice ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(12);
});
