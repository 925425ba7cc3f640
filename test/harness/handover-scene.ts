import { randomUUID } from 'node:crypto';
import { Unit } from '../../pipeline/domain/channel.ts';
import type { GatheredPost } from '../../pipeline/domain/post.ts';
import type { Verdict } from '../../pipeline/domain/verdict.ts';
import { HandoverDetail, HandoverPage } from '../../review-api/contract/handover.ts';
import { type Office, officePassword } from './office.ts';
import { fileCase } from './office-cases.ts';
import type { Reply, Visitor } from './visitor.ts';

/** An office with units that matters are handed to, and somebody in each. */
export interface HandoverScene {
  office: Office;
  reviewer: Visitor;
  director: Visitor;
  leader: Visitor;
  /** Of 后勤处. */
  head: Visitor;
  staff: Visitor;
  /** Head of 图书馆. */
  otherHead: Visitor;
}

const units: [id: string, name: string][] = [
  ['publicity', '党委宣传部'],
  ['logistics', '后勤处'],
  ['library', '图书馆'],
];

export async function openHandoverScene(office: Office): Promise<HandoverScene> {
  const { settings } = office.stores;
  const change = { actorId: null, source: 'test', at: office.clock.now(), id: office.clock.newId() };
  await settings.save(
    'units',
    units.map(([id, name]) => Unit.parse({ id, name })),
    { ...change, expectedVersion: await settings.readVersion() },
  );
  const enter = async (role: Parameters<Office['hire']>[0][number], unitId: string) => {
    const visitor = office.visit();
    await visitor.signIn(await office.hire([role], undefined, unitId), officePassword);
    return visitor;
  };
  return {
    office,
    reviewer: await enter('reviewer', 'publicity'),
    director: await enter('director', 'publicity'),
    leader: await enter('leader', 'publicity'),
    head: await enter('unit-head', 'logistics'),
    staff: await enter('unit-reviewer', 'logistics'),
    otherHead: await enter('unit-head', 'library'),
  };
}

/** A case that the reviewer has handed over. @returns with the slip's id, which is the decision's */
export async function handOver(
  { office, reviewer }: Pick<HandoverScene, 'office' | 'reviewer'>,
  what: { post?: Partial<GatheredPost>; verdict?: Partial<Verdict>; unitId?: string; order?: object } = {},
): Promise<{ caseId: string; id: string; reply: Reply }> {
  const post = {
    kind: 'comment' as const,
    title: '',
    text: '三食堂二楼的汤太咸，上周起反映过两次都没有人管。',
    ...what.post,
  };
  const { caseId } = await fileCase(office, post, { queues: ['review'], ...what.verdict });
  await reviewer.post(`/api/cases/${caseId}/open`, {});
  const id = randomUUID();
  const reply = await reviewer.post(`/api/cases/${caseId}/decisions`, {
    ...{ commandId: id, version: 1, kind: 'hand-over', reason: 'service-need' },
    ...{ unitId: what.unitId ?? 'logistics', handover: { request: '请核实并答复。', ...what.order } },
  });
  return { caseId, id, reply };
}

export async function readSlip(visitor: Visitor, id: string): Promise<HandoverDetail> {
  return HandoverDetail.parse((await visitor.get(`/api/handovers/${id}`)).json);
}

export async function listSlips(visitor: Visitor, filter = 'all'): Promise<string[]> {
  const { json } = await visitor.get(`/api/handovers?filter=${filter}`);
  return HandoverPage.parse(json).items.map(({ id }) => id);
}

const doors: Record<string, string> = {
  answer: 'answer',
  supervise: 'supervise',
  ...Object.fromEntries(
    ['receive', 'return', 'ask-extension', 'ask-help', 'opinion', 'draft'].map((move) => [move, 'act']),
  ),
};

/** On the version that the person sees, unless told. */
export async function moveSlip(
  visitor: Visitor,
  id: string,
  move: string,
  more: { version?: number } & Record<string, unknown> = {},
): Promise<Reply> {
  const version = more.version ?? (await readSlip(visitor, id)).version;
  const body = { commandId: randomUUID(), move, ...more, version };
  return visitor.post(`/api/handovers/${id}/${doors[move] ?? 'manage'}`, body);
}
