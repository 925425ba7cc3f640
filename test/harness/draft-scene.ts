import { randomUUID } from 'node:crypto';
import { Channel, Unit } from '../../pipeline/domain/channel.ts';
import { ReviewChain, type StepRole, stepsOf } from '../../pipeline/domain/review-chain.ts';
import type { Role } from '../../pipeline/domain/role.ts';
import type { SettingsBody, SettingsKind } from '../../pipeline/domain/settings.ts';
import type { Stores } from '../../pipeline/ports/index.ts';
import { DraftDetail, DraftPage, SaveDraftAnswer } from '../../review-api/contract/draft.ts';
import { type Office, officePassword } from './office.ts';
import type { Reply, Visitor } from './visitor.ts';

/** A school that writes: people of 图书馆, one head elsewhere, the office, who leads. */
export interface DraftScene {
  office: Office;
  writer: Visitor;
  colleague: Visitor;
  student: Visitor;
  /** 单位信息员, 单位负责人 of 图书馆. */
  staff: Visitor;
  head: Visitor;
  otherHead: Visitor;
  officer: Visitor;
  director: Visitor;
  leader: Visitor;
  /** By the same names. */
  ids: Record<string, string>;
}

const units = [
  ['publicity', '党委宣传部'],
  ['library', '图书馆'],
  ['logistics', '后勤处'],
];
const channels = [
  ['main-site', '学校主页'],
  ['bulletin', '校报'],
];

export function buildChainSetting(id: string, holders: readonly StepRole[], more: object = {}): ReviewChain {
  const mode = holders.length === 3 ? 'merged' : 'full';
  const steps = stepsOf[mode].map((step, index) => ({ step, role: holders[index] }));
  return ReviewChain.parse({ id, name: `审校链 ${id}`, mode, steps, ...more });
}

export async function saveSetting<K extends SettingsKind>(
  { stores: { settings }, clock }: { stores: Pick<Stores, 'settings'>; clock: Office['clock'] },
  kind: K,
  body: SettingsBody<K>,
): Promise<void> {
  const change = { actorId: null, source: 'test', at: clock.now(), id: clock.newId() };
  await settings.save(kind, body, { ...change, expectedVersion: await settings.readVersion() });
}

export async function openDraftScene(office: Office): Promise<DraftScene> {
  await saveSetting(
    office,
    'units',
    units.map(([id, name]) => Unit.parse({ id, name })),
  );
  await saveSetting(
    office,
    'channels',
    channels.map(([id, name]) =>
      Channel.parse({ id, name, unit: 'publicity', kind: 'manual', platform: 'newspaper', state: 'live' }),
    ),
  );
  await saveSetting(office, 'chains', [
    buildChainSetting('general', ['unit-reviewer', 'unit-head', 'director']),
  ]);
  const ids: Record<string, string> = {};
  const enter = async (name: string, role: Role, unitId: string, student = false) => {
    const visitor = office.visit();
    const login = await office.hire([role], undefined, unitId);
    const user = await office.stores.users.findByLogin(login);
    if (user !== null && student) await office.stores.users.update({ ...user, student });
    ids[name] = (await visitor.signIn(login, officePassword)).id;
    return visitor;
  };
  return {
    ...{ office, ids },
    writer: await enter('writer', 'editor', 'library'),
    colleague: await enter('colleague', 'editor', 'library'),
    student: await enter('student', 'editor', 'library', true),
    staff: await enter('staff', 'unit-reviewer', 'library'),
    head: await enter('head', 'unit-head', 'library'),
    otherHead: await enter('otherHead', 'unit-head', 'logistics'),
    officer: await enter('officer', 'reviewer', 'publicity'),
    director: await enter('director', 'director', 'publicity'),
    leader: await enter('leader', 'leader', 'publicity'),
  };
}

const cleanText = '图书馆从下周一起延长开馆时间，每天二十二点闭馆。请各位读者合理安排。';

export function contentOf(more: { title?: string; text?: string } & Record<string, unknown> = {}) {
  const { title = '关于延长开馆时间的通知', text = cleanText, ...rest } = more;
  const content = text.split('\n').map((line) => ({
    type: 'paragraph',
    ...(line === '' ? {} : { content: [{ type: 'text', text: line }] }),
  }));
  const source = { kind: 'original' };
  return {
    title,
    document: { type: 'doc', content },
    genre: 'notice',
    channels: ['main-site'],
    source,
    ...rest,
  };
}

export async function createDraft(
  visitor: Visitor,
  more: Parameters<typeof contentOf>[0] = {},
): Promise<string> {
  const reply = await visitor.post('/api/drafts', { commandId: randomUUID(), content: contentOf(more) });
  if (reply.status !== 200) throw new Error(`creating answered ${reply.status}: ${reply.text}`);
  return SaveDraftAnswer.parse(reply.json).id;
}

export async function readDraft(visitor: Visitor, id: string): Promise<DraftDetail> {
  const reply = await visitor.get(`/api/drafts/${id}`);
  if (reply.status !== 200) throw new Error(`reading answered ${reply.status}: ${reply.text}`);
  return DraftDetail.parse(reply.json);
}

export async function listDrafts(visitor: Visitor, filter = 'all'): Promise<string[]> {
  const { json } = await visitor.get(`/api/drafts?filter=${filter}&limit=200`);
  return DraftPage.parse(json).items.map(({ id }) => id);
}

/** On the revision that the person sees, unless told. */
export async function moveDraft(
  visitor: Visitor,
  id: string,
  move: string,
  more: { revision?: number } & Record<string, unknown> = {},
): Promise<Reply> {
  const revision = more.revision ?? (await readDraft(visitor, id)).revision;
  const body = { commandId: randomUUID(), move, ...more, revision };
  return visitor.post(`/api/drafts/${id}/moves`, body);
}

/** Each has to succeed. */
export async function moveAll(
  id: string,
  moves: readonly (readonly [visitor: Visitor, move: string, more?: Record<string, unknown>])[],
): Promise<void> {
  for (const [visitor, move, more] of moves) {
    const reply = await moveDraft(visitor, id, move, more);
    if (reply.status !== 200) throw new Error(`${move} answered ${reply.status}: ${reply.text}`);
  }
}

/** Written, submitted and passed by all three. */
export async function approveDraft(
  { writer, staff, head, director }: DraftScene,
  more: Parameters<typeof contentOf>[0] = {},
): Promise<string> {
  const id = await createDraft(writer, more);
  await moveAll(id, [
    [writer, 'submit'],
    [staff, 'pass', { errorsFound: 2, text: '改了两处标点。' }],
    [head, 'pass', { errorsFound: 0 }],
    [director, 'pass', { errorsFound: 0, readAloud: true }],
  ]);
  return id;
}

export async function saveDraft(
  visitor: Visitor,
  id: string,
  more: Parameters<typeof contentOf>[0] & { revision?: number; keep?: boolean } = {},
): Promise<Reply> {
  const { revision, keep = false, ...content } = more;
  const seen = revision ?? (await readDraft(visitor, id)).revision;
  return visitor.post(`/api/drafts/${id}/content`, { revision: seen, keep, content: contentOf(content) });
}
