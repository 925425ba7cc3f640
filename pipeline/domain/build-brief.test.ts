import { describe, expect, it } from 'vitest';
import { numbersOf } from './brief.ts';
import { chartOfBlock } from './brief-charts.ts';
import type { BriefMaterial } from './brief-material.ts';
import { periodOfDays } from './brief-period.ts';
import { defaultTemplates } from './brief-template.ts';
import { buildBriefInTurns } from './build-brief.ts';
import { describeChart } from './chart.ts';
import type { ItemFact } from './item-fact.ts';
import { dayAfter } from './time.ts';

/** Of this process, whatever else runs beside it. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const topics = ['canteen', 'dormitory', 'teaching', 'fees'] as const;

function itemAt(n: number): ItemFact {
  const hour = `${dayAfter('2026-09-01', n % 61)}T${String(n % 24).padStart(2, '0')}`;
  const service = n % 3 === 0 ? { kind: 'complaint' as const, topic: topics[n % 4] ?? 'canteen' } : null;
  return {
    ...{ postId: `weibo:comment:${n}`, hour, channelId: `weibo-${n % 8}`, kind: 'comment', service },
    ...{ accessClass: 'open', unitId: `unit-${n % 12}`, categories: [], tone: 'neutral', level: 'low' },
  };
}

const material = (items: ItemFact[]): BriefMaterial => ({
  ...{ items, cases: [], referred: [], handovers: [], gaps: [], unobserved: [], drafts: [], live: [] },
  ...{ channels: [], bursts: [], topics: [], docket: [], reads: [] },
});

const build = (
  known: BriefMaterial,
  kind: 'morning' | 'daily' | 'weekly' | 'monthly',
  days: [string, string],
) => ({
  ...{ kind, period: periodOfDays(...days), subject: null, material: known, digest: String },
  ...{ names: { channel: (id: string) => id, unit: (id: string) => id }, shifts: [] },
  ...{ templates: defaultTemplates, templateVersion: 0, settingsVersion: 1 },
  countedAt: '2026-11-01T01:00:00.000Z',
});

describe('a brief', () => {
  it.each([
    ['weibo', ['unobserved/weibo/2026-10-11T00:00:00.000Z']],
    ['site', undefined],
  ])('of what people say misses nothing of %s but what they could say there', async (channelId, gaps) => {
    const gap = { channelId, from: '2026-10-11T00:00:00.000Z', to: '2026-10-12T04:00:00.000Z' };
    const channel = { isRead: true, isNeeding: false };
    const known: BriefMaterial = {
      ...material([itemAt(0)]),
      unobserved: [gap],
      channels: [
        { id: 'weibo', hasComments: true, ...channel },
        { id: 'site', hasComments: false, ...channel },
      ],
    };
    const { facts } = await buildBriefInTurns(
      build(known, 'daily', ['2026-10-12', '2026-10-12']),
      async () => {},
    );
    const numbers = new Map([...numbersOf(facts)].map((number) => [number.id, number]));
    expect(numbers.get('overview.public')?.gaps).toEqual(gaps);
    expect(JSON.stringify(facts.sections)).toContain('采集有缺口');
    expect(JSON.stringify(facts.sections)).not.toContain('采集没有缺口');
  });

  it('draws the line of what was read in full where only the school has a gap', async () => {
    const channel = { isRead: true, isNeeding: false };
    const known: BriefMaterial = {
      ...material([{ ...itemAt(0), channelId: 'weibo', hour: '2026-10-13T02' }]),
      unobserved: [{ channelId: 'site', from: '2026-10-11T16:00:00.000Z', to: '2026-10-18T16:00:00.000Z' }],
      channels: [
        { id: 'weibo', hasComments: true, ...channel },
        { id: 'site', hasComments: false, ...channel },
      ],
    };
    const made = build(known, 'weekly', ['2026-10-12', '2026-10-18']);
    const { facts } = await buildBriefInTurns(made, async () => {});
    const block = facts.sections.flatMap(({ blocks }) => blocks).find((one) => one.kind === 'chart');
    if (block?.kind !== 'chart') throw new Error('there is no chart');
    const chart = chartOfBlock(block);
    expect(chart).toMatchObject({
      title: '每日数量',
      series: [
        { name: '留言与线索', values: [0, 1, 0, 0, 0, 0, 0], gaps: [] },
        { name: '本校发布', gaps: [0, 1, 2, 3, 4, 5, 6] },
      ],
    });
    expect(describeChart(chart)).toContain('采集缺口（本校发布）：10月12日至10月18日，数据不全。');
  });

  it.each([
    ['morning', 'night.bursts'],
    ['weekly', 'bursts.all'],
  ] as const)('%s counts a burst that began before its period and goes on', async (kind, id) => {
    const wave = { channelId: 'weibo', topic: null };
    const at = (hour: string) => `2026-10-${hour}`;
    const bursts: BriefMaterial['bursts'] = [
      { id: 'goes-on', ...wave, from: at('11T15'), last: at('11T16'), peakHour: at('11T16'), state: 'open' },
      { id: 'reaches', ...wave, from: at('11T20'), last: at('12T03'), peakHour: at('11T21'), state: 'ended' },
      { id: 'before', ...wave, from: at('10T10'), last: at('10T12'), peakHour: at('10T11'), state: 'ended' },
      { id: 'after', ...wave, from: at('19T00'), last: at('19T01'), peakHour: at('19T00'), state: 'open' },
    ];
    const known = { ...material([]), bursts };
    const days: [string, string] = ['2026-10-12', '2026-10-18'];
    const { facts, evidence } = await buildBriefInTurns(build(known, kind, days), async () => {});
    expect(evidence.get(id)).toEqual(['goes-on', 'reaches']);
    expect(evidence.get(`${id}.open`)).toEqual(['goes-on']);
    const told = [...numbersOf(facts)].filter((number) => number.id.startsWith(id));
    expect(told.map(({ label, value }) => [label, value])).toEqual([
      ['声量突增', 2],
      ['其中进行中', 1],
    ]);
    if (kind === 'morning') return;
    const table = JSON.stringify(facts.sections.find((one) => one.id === 'bursts')?.blocks);
    for (const word of ['10-11 15时', '进行中', '已回落']) expect(table).toContain(word);
    const items = [...numbersOf(facts)].find((number) => number.id === 'bursts.reaches')?.evidence.query;
    expect(items).toMatchObject({ from: '2026-10-11T16:00:00.000Z', until: '2026-10-11T20:00:00.000Z' });
  });

  it('of a month with tens of thousands of items keeps nobody waiting for long', async () => {
    let longestMs = 0;
    let from = cpuMs();
    const turn = async () => {
      longestMs = Math.max(longestMs, cpuMs() - from);
      from = cpuMs();
    };
    const { facts } = await buildBriefInTurns(
      build(material(Array.from({ length: 40_000 }, (_, n) => itemAt(n))), 'monthly', [
        '2026-10-01',
        '2026-10-31',
      ]),
      turn,
    );
    expect(facts.sections.length).toBeGreaterThan(10);
    // Seconds, as long as every number looked at every item; some hundred milliseconds since.
    expect(longestMs).toBeLessThan(2000);
  });
});
