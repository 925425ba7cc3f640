import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buildBaselines,
  ChannelBaseline,
  findCircumstances,
  hasOutgrown,
  hourOfWeek,
  measureTravel,
  type PostFact,
  prior,
  priorVersion,
  readBaseline,
} from './baseline.ts';
import { bucketHour } from './time.ts';

const monday8 = '2026-11-16T00:00:00.000Z';

function fact(likes: number, fields: Partial<PostFact> = {}): PostFact {
  const publishedAt = fields.publishedAt ?? monday8;
  return {
    channelId: 'weibo',
    kind: 'comment',
    bucketHour: bucketHour(publishedAt),
    publishedAt,
    metricsAt: new Date(Date.parse(publishedAt) + 10 * 3_600_000).toISOString(),
    metrics: { likes },
    ...fields,
  };
}

const many = (count: number, likes: number, fields?: Partial<PostFact>) =>
  Array.from({ length: count }, () => fact(likes, fields));

describe('hours of the week', () => {
  it.each([
    ['2026-11-16T00', 0],
    ['2026-11-16T08', 8],
    ['2026-11-22T23', 167],
    ['2026-11-18T12', 60],
  ])('%s on a Shanghai clock is hour %i', (hour, expected) => {
    expect(hourOfWeek(hour)).toBe(expected);
  });
});

describe('how a post travels', () => {
  it('counts a repost thrice, a comment twice, and the first hour whole', () => {
    expect(measureTravel({ reposts: 1, comments: 1, likes: 1, views: 150 }, null, '').reach).toBe(1);
    expect(measureTravel({ likes: 99 }, monday8, monday8).speed).toBe(2);
    expect(measureTravel({ likes: 990 }, monday8, '2026-11-16T10:00:00.000Z').speed).toBe(2);
    expect(measureTravel({ likes: 5 }, null, monday8).speed).toBeNull();
  });

  it('a clock that is wrong does not make it faster than one hour does', () => {
    expect(measureTravel({ likes: 99 }, monday8, '2026-11-15T00:00:00.000Z').speed).toBe(2);
  });
});

describe('what is usual', () => {
  it('a channel without history, or another kind of post of it, goes by the prior', () => {
    const set = { version: 3, builtAt: monday8, channels: buildBaselines(many(50, 999, { kind: 'status' })) };
    const { usual, baseline } = findCircumstances(fact(999), set);
    expect(usual).toEqual(prior);
    expect(baseline).toBe(priorVersion);
    expect(findCircumstances(fact(999, { kind: 'status' }), set).baseline).toBe('week-3');
  });

  it('little history moves the prior a little, much of it all the way', () => {
    const medianAfter = (count: number) => {
      const [baseline] = buildBaselines(many(count, 999));
      return baseline === undefined ? Number.NaN : readBaseline(baseline, 100).reach.median;
    };
    expect(medianAfter(1)).toBeLessThan(0.3);
    expect(medianAfter(20)).toBeCloseTo(1.5, 1);
    expect(medianAfter(2000)).toBeGreaterThan(2.9);
  });

  it('an hour with enough items goes by its own, one with a few by the channel', () => {
    const evening = many(200, 999, { publishedAt: '2026-11-16T12:00:00.000Z' });
    const night = many(7, 0, { publishedAt: '2026-11-16T19:00:00.000Z' });
    const [few] = buildBaselines([...evening, ...night]);
    const [enough] = buildBaselines([
      ...evening,
      ...many(200, 0, { publishedAt: '2026-11-16T19:00:00.000Z' }),
    ]);
    if (few === undefined || enough === undefined) throw new Error('no baseline');
    const [eveningHour, nightHour] = [20, 27];
    expect(readBaseline(few, nightHour)).toEqual(readBaseline(few, 100));
    expect(readBaseline(enough, nightHour).reach.median).toBeLessThan(0.3);
    expect(readBaseline(enough, eveningHour).reach.median).toBeGreaterThan(2.7);
  });

  it('a few that went far change nothing', () => {
    const [quiet] = buildBaselines(many(100, 3));
    const [once] = buildBaselines([...many(100, 3), ...many(5, 1_000_000)]);
    expect(once?.all.reach).toEqual(quiet?.all.reach);
  });
});

describe('for all numbers', () => {
  const anyFact = fc
    .record({
      likes: fc.nat(10_000_000),
      hour: fc.integer({ min: 0, max: 5000 }),
      age: fc.integer({ min: -5, max: 5000 }),
      known: fc.boolean(),
    })
    .map(({ likes, hour, age, known }) => {
      const at = Date.parse(monday8) + hour * 3_600_000;
      const publishedAt = new Date(at).toISOString();
      return fact(likes, {
        bucketHour: bucketHour(publishedAt),
        publishedAt: known ? publishedAt : null,
        metricsAt: new Date(at + age * 3_600_000).toISOString(),
      });
    });

  it('a baseline can be stored, and what it says lies between what was seen and the prior', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { minLength: 1, maxLength: 60 }), fc.nat(167), (facts, hour) => {
        for (const baseline of buildBaselines(facts)) {
          expect(ChannelBaseline.parse(JSON.parse(JSON.stringify(baseline)))).toEqual(baseline);
          const reaches = [
            ...facts.map(({ metrics }) => measureTravel(metrics, null, '').reach),
            prior.reach.median,
          ];
          const { reach, speed } = readBaseline(baseline, hour);
          expect(reach.median).toBeGreaterThanOrEqual(Math.min(...reaches) - 1e-9);
          expect(reach.median).toBeLessThanOrEqual(Math.max(...reaches) + 1e-9);
          for (const { spread } of [reach, speed]) {
            expect(spread).toBeGreaterThanOrEqual(0.5);
            expect(spread).toBeLessThanOrEqual(2);
          }
        }
      }),
    );
  });

  it('the order of the facts changes nothing', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { minLength: 1, maxLength: 40 }), (facts) => {
        expect(buildBaselines([...facts].reverse())).toEqual(buildBaselines(facts));
      }),
    );
  });

  it('a post is judged again about twelve times on its way to a million, and never for becoming less', () => {
    expect(hasOutgrown({ likes: 20 }, { likes: 10 })).toBe(false);
    expect(hasOutgrown({ likes: 10 }, { likes: 11 })).toBe(false);
    expect(hasOutgrown({ likes: 10 }, { likes: 40 })).toBe(true);
    let times = 0;
    for (let likes = 0; likes < 1_000_000; ) {
      const next = Math.ceil(likes * 1.05) + 1;
      if (hasOutgrown({ likes }, { likes: next })) times += 1;
      likes = next;
    }
    expect(times).toBe(12);
  });
});
