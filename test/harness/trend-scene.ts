import { randomUUID } from 'node:crypto';
import { refreshRollups } from '../../pipeline/commands/refresh-rollups.ts';
import { Category, ServiceTopic } from '../../pipeline/domain/category.ts';
import { Channel } from '../../pipeline/domain/channel.ts';
import type { Role } from '../../pipeline/domain/role.ts';
import { buildGap, buildWindow } from '../builders/completeness.ts';
import { buildFinding } from '../builders/post.ts';
import { type HandoverScene, handOver, moveSlip, openHandoverScene } from './handover-scene.ts';
import { type Office, officePassword } from './office.ts';
import { fileCase } from './office-cases.ts';
import { SeededChance } from './seeded-chance.ts';
import type { Visitor } from './visitor.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

const channels = [
  { id: 'weibo', name: '官方微博', kind: 'weibo', uid: '1234567', door: 'mobile' },
  {
    ...{ id: 'main-site', name: '学校主页', kind: 'site', startUrls: ['https://www.canglan.example/'] },
    allow: [{ host: 'www.canglan.example' }],
  },
];

/** Read since 1 November, up to midnight of the 27th; with one gap that was made good and one that was not. */
async function keepLedger({ stores, clock }: Office): Promise<void> {
  const { settings, ledger } = stores;
  const parsed = channels.map((one) => Channel.parse({ ...one, unit: 'publicity', state: 'live' }));
  await settings.save('channels', parsed, {
    expectedVersion: await settings.readVersion(),
    ...{ actorId: null, source: 'test', at: clock.now(), id: randomUUID() },
  });
  const at = (text: string) => new Date(`${text}:00+08:00`).toISOString();
  const { closeWindow, settleGap } = ledger;
  const close = (channelId: string, from: string, to: string) =>
    closeWindow(buildWindow({ channelId, from: at(from), to: at(to) }), null);
  await close('main-site', '2026-11-01T00:00', '2026-11-27T00:00');
  await close('weibo', '2026-11-01T00:00', '2026-11-06T01:00');
  for (const [from, to, filledAt] of [
    ['2026-11-06T01:00', '2026-11-06T03:00', at('2026-11-06T09:00')],
    ['2026-11-12T10:00', '2026-11-12T16:00', null],
  ] as const) {
    const gap = buildGap({ id: from, channelId: 'weibo', from: at(from), to: at(to), cause: 'credential' });
    const { id: gapId, ...span } = gap;
    const window = buildWindow({ channelId: 'weibo', from: span.from, to: span.to, state: 'gap', gapId });
    await closeWindow(window, gap);
    if (filledAt !== null) await settleGap({ ...gap, filledAt });
  }
  await close('weibo', '2026-11-06T03:00', '2026-11-12T10:00');
  await close('weibo', '2026-11-12T16:00', '2026-11-27T00:00');
}

const pick = <T>(values: readonly T[], chance: SeededChance): T =>
  values[chance.between(0, values.length)] as T;
const kinds = ['comment', 'comment', 'comment', 'status'] as const;
const tones = ['negative', 'neutral', 'positive'] as const;
const sometimes = ['open', 'open', 'open', 'victim', 'safety'] as const;

/** Comments and statuses of three weeks, judged in all ways, in every access class. */
async function fileItems(office: Office, count: number): Promise<void> {
  const chance = new SeededChance(8);
  for (let at = 0; at < count; at += 1) {
    const hour = String(chance.between(0, 24)).padStart(2, '0');
    const published = `2026-11-${String(chance.between(2, 20)).padStart(2, '0')}T${hour}:10:00.000Z`;
    const found = chance.between(0, 3) === 0 ? [pick(['fraud', 'advert', 'emergency'] as const, chance)] : [];
    if (chance.between(0, 6) === 0) found.push('unverified-claim' as never);
    const topic = pick([...ServiceTopic.options.slice(0, 3), null], chance);
    const unitId = topic === 'canteen' ? 'logistics' : topic === 'teaching' ? 'library' : null;
    const service = { kind: pick(['complaint', 'praise'] as const, chance), confidence: 0.9 };
    const level = pick(['low', 'low', 'watch', 'important'] as const, chance);
    await fileCase(
      office,
      {
        ...{ kind: pick(kinds, chance), channelId: pick(['weibo', 'weibo', 'main-site'], chance) },
        ...{ publishedAt: published, publishedPrecision: 'minute', text: `第${at}条消息。` },
      },
      {
        findings: Category.options
          .filter((one) => found.includes(one as never))
          .map((category) => buildFinding({ category })),
        service: topic === null ? null : { ...service, topic, ...(unitId === null ? {} : { unitId }) },
        sentiment: { label: pick(tones, chance), score: 0, confidence: 0.9 },
        risk: { score: 10, level, parts: {} },
        accessClass: pick(sometimes, chance),
        queues: chance.between(0, 4) === 0 ? ['review'] : [],
      },
    );
  }
}

export interface TrendScene {
  office: Office;
  people: HandoverScene;
  /** Somebody new with this role, signed in now. */
  enter(role: Role, unitId?: string): Promise<Visitor>;
}

/** Slips of two units: received, answered in time and late, taken back, waiting, overdue. */
async function workSlips(people: HandoverScene): Promise<void> {
  const { office, head, otherHead, reviewer } = people;
  const move = async (...step: Parameters<typeof moveSlip>) => {
    const reply = await moveSlip(...step);
    if (reply.status !== 200) throw new Error(reply.text);
  };
  const service = { kind: 'complaint' as const, topic: 'canteen' as const, confidence: 0.9 };
  const slips: string[] = [];
  for (let at = 0; at < 6; at += 1) {
    const what = { verdict: { queues: ['review' as const], ...(at === 5 ? {} : { service }) } };
    const order = { dueInWorkingDays: at < 3 ? 1 : 5 };
    const post = { publishedAt: office.clock.now(), text: `第${at}件：三食堂的汤太咸。` };
    const { id, reply } = await handOver(people, {
      ...what,
      post,
      order,
      unitId: at === 4 ? 'library' : 'logistics',
    });
    if (reply.status !== 200) throw new Error(reply.text);
    slips.push(id);
    office.clock.advance(2 * minute);
  }
  const [first = '', second = '', third = '', fourth = '', other = '', last = ''] = slips;
  for (const id of [first, second, third]) {
    await move(head, id, 'receive');
    office.clock.advance(3 * minute);
  }
  await move(otherHead, other, 'receive');
  await move(head, first, 'answer', { text: '已整改。' });
  await move(reviewer, last, 'withdraw', { text: '误转，收回。' });
  await move(head, fourth, 'receive');
  await move(head, fourth, 'answer', { text: '已处理。' });
  office.clock.advance(5 * day);
  const later = office.visit();
  await later.signIn(await office.hire(['unit-head'], 'late-head', 'logistics'), officePassword);
  await move(later, second, 'answer', { text: '答复晚了。' });
}

/** Three weeks of items, slips in all their states, a ledger with gaps; now it is the 25th, and everything is counted. */
export async function openTrendScene(office: Office): Promise<TrendScene> {
  const people = await openHandoverScene(office);
  await keepLedger(office);
  await fileItems(office, 60);
  await workSlips(people);
  await refreshRollups(office);
  return {
    ...{ office, people },
    enter: async (role, unitId) => {
      const visitor = office.visit();
      await visitor.signIn(
        await office.hire([role], `${role}-${randomUUID()}`, unitId ?? null),
        officePassword,
      );
      return visitor;
    },
  };
}
