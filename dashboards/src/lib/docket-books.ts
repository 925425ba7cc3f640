import type { Client } from '../api/client.ts';
import type { Action } from './codes.ts';
import {
  type AnyDetail,
  type AnyEntry,
  doors,
  grounds,
  outcomes,
  platforms,
  statutes,
  wishes,
} from './docket-labels.ts';
import type { FieldSpec } from './form-spec.ts';
import { newId } from './new-id.ts';

type ConsentStep = AnyDetail['consents'][number];
type Values = Record<string, unknown>;
/** What was read from a form told in data; the contract checks it again on the other side. */

type Body = never;

export interface StepSpec {
  name: string;
  label: string;
  action: Action;
  fields: readonly FieldSpec[];
  /** Said before it is done. */
  note?: string;
  fits(facts: AnyEntry['facts']): boolean;
  /** It matters who takes it: the server says whether it would be taken from this person. */
  consent?: ConsentStep;
  send(client: Client, entry: AnyEntry, values: Values): Promise<unknown>;
}

export interface BookSpec {
  name: 'lawful' | 'removal' | 'public';
  label: string;
  /** What stands above the list. */
  note: string;
  action: Action;
  list(client: Client): Promise<{ items: AnyEntry[] }>;
  read(client: Client, id: string): Promise<AnyDetail>;
  opening: { label: string; action: Action; fields: readonly FieldSpec[] };
  /** @returns what is to be told, once */
  open(client: Client, values: Values): Promise<{ id: string; told: string | null }>;
  steps: readonly StepSpec[];
}

const basis: FieldSpec[] = [
  { key: 'law', label: '法律', kind: 'select', options: statutes },
  { key: 'article', label: '第几条', kind: 'number' },
];
const reasonField: FieldSpec = { key: 'reason', label: '理由', kind: 'long' };
const seen = ({ version }: AnyEntry) => ({ commandId: newId(), version });
const at = (entry: AnyEntry, body: Values = {}) => ({
  params: { id: entry.id },
  body: { ...seen(entry), ...body } as Body,
});
const split = ({ law, article, ...rest }: Values) => ({ ...rest, basis: { law, article } });
/** A case's id is a UUID; a post's names its channel. */
const toItem = (id: string) => ({ kind: id.includes(':') ? 'post' : 'case', id });
const inState =
  (...states: string[]) =>
  (facts: AnyEntry['facts']) =>
    states.includes(facts.state);

const lawful: BookSpec = {
  name: 'lawful',
  label: '依法调取',
  note: '机关书面要求提供内容的，逐条登记，经宣传部负责人和分管领导（或书记、校长）两人同意后，只导出一次。',
  action: 'request.read',
  list: (client) => client.call('listLawfulRequests', { query: {} }),
  read: (client, id) => client.call('readLawfulRequest', { params: { id } }),
  opening: {
    label: '登记依法调取',
    action: 'request.register',
    fields: [
      { key: 'organ', label: '调取机关', kind: 'text' },
      { key: 'documentNumber', label: '文书编号', kind: 'text' },
      { key: 'receivedAt', label: '收到时间', kind: 'moment' },
      ...basis,
      {
        key: 'items',
        label: '调取内容的编号',
        kind: 'lines',
        hint: '信息编号或线索编号，一行一条，最多 50 条',
      },
      { key: 'scope', label: '调取范围', kind: 'long' },
      { key: 'scanSha256', label: '扫描件的 SHA-256', kind: 'digest' },
      { key: 'paperPlace', label: '纸质文书存放处', kind: 'text' },
    ],
  },
  open: async (client, values) => {
    const items = (values.items as string[]).map(toItem);
    const body = { commandId: newId(), ...split({ ...values, items }) } as Body;
    return { id: (await client.call('registerLawfulRequest', { body })).entry.id, told: null };
  },
  steps: [
    {
      ...{ name: 'approve', label: '同意', action: 'request.approve', fields: [] },
      consent: 'approve',
      fits: inState('registered', 'approved'),
      send: (client, entry) => client.call('approveLawfulRequest', at(entry)),
    },
    {
      ...{ name: 'refuse', label: '不予提供', action: 'request.approve', fields: [reasonField] },
      consent: 'refuse',
      fits: inState('registered', 'approved'),
      send: (client, entry, values) => client.call('refuseLawfulRequest', at(entry, values)),
    },
    {
      ...{ name: 'export', label: '生成导出文件', action: 'request.disclose', fields: [] },
      note: '只生成一次，24 小时内可以下载。其中每一条的阅读都会记录。',
      fits: inState('approved'),
      send: (client, entry) => client.call('exportLawfulRequest', at(entry)),
    },
    {
      ...{ name: 'close', label: '办结', action: 'request.register', fields: [] },
      fits: inState('disclosed', 'refused'),
      send: (client, entry) => client.call('closeLawfulRequest', at(entry)),
    },
  ],
};

const removal: BookSpec = {
  name: 'removal',
  label: '依法处置',
  note: '处置由人在平台上完成，这里只作登记。批评、投诉和意见不得处置；“影响声誉”“谣言”等不是理由。',
  action: 'removal.read',
  list: (client) => client.call('listRemovals', { query: {} }),
  read: (client, id) => client.call('readRemoval', { params: { id } }),
  opening: {
    label: '登记依法处置',
    action: 'removal.register',
    fields: [
      { key: 'platform', label: '平台', kind: 'select', options: platforms },
      { key: 'postId', label: '信息编号', kind: 'text', optional: true, hint: '本系统有这条信息时填写' },
      { key: 'link', label: '公开地址', kind: 'text', optional: true, hint: '本系统没有这条信息时填写' },
      { key: 'ground', label: '法定情形', kind: 'select', options: grounds },
      ...basis,
      { key: 'screenshotSha256', label: '截图的 SHA-256', kind: 'digest' },
      { key: 'explanation', label: '处置理由', kind: 'long', hint: '写明哪一处内容属于所选情形' },
    ],
  },
  open: async (client, values) => {
    const body = { commandId: newId(), ...split(values) } as Body;
    return { id: (await client.call('proposeRemoval', { body })).entry.id, told: null };
  },
  steps: [
    {
      ...{ name: 'approve', label: '同意处置', action: 'removal.approve', fields: [] },
      consent: 'approve',
      fits: inState('proposed'),
      send: (client, entry) => client.call('approveRemoval', at(entry)),
    },
    {
      ...{ name: 'refuse', label: '不同意', action: 'removal.approve', fields: [reasonField] },
      consent: 'refuse',
      fits: inState('proposed'),
      send: (client, entry, values) => client.call('refuseRemoval', at(entry, values)),
    },
    {
      ...{ name: 'done', label: '登记处置结果', action: 'removal.register' },
      fields: [
        { key: 'doneAt', label: '处置时间', kind: 'moment' },
        { key: 'toldThere', label: '已通过平台告知发布者', kind: 'check' },
      ],
      fits: inState('approved'),
      send: (client, entry, values) => client.call('recordRemovalDone', at(entry, values)),
    },
    {
      ...{ name: 'appeal', label: '登记申诉', action: 'removal.register' },
      fields: [
        { key: 'receivedAt', label: '收到申诉的时间', kind: 'moment' },
        { key: 'appeal', label: '申诉内容', kind: 'long' },
      ],
      fits: inState('done'),
      send: (client, entry, values) => client.call('registerRemovalAppeal', at(entry, values)),
    },
    {
      ...{ name: 'settle', label: '处理申诉', action: 'removal.approve' },
      consent: 'settle',
      fields: [
        {
          ...{ key: 'outcome', label: '申诉', kind: 'select' },
          options: [
            ['upheld', '成立'],
            ['rejected', '不成立'],
          ],
        },
        reasonField,
      ],
      fits: inState('appealed'),
      send: (client, entry, values) => client.call('settleRemovalAppeal', at(entry, values)),
    },
  ],
};

const received = inState('received');
const publicBook: BookSpec = {
  name: 'public',
  label: '异议与更正',
  note: '15 个工作日内答复并说明理由。不查问对方是谁。',
  action: 'objection.handle',
  list: (client) => client.call('listPublicRequests', { query: {} }),
  read: (client, id) => client.call('readPublicRequest', { params: { id } }),
  opening: {
    label: '登记来电来信',
    action: 'objection.handle',
    fields: [
      { key: 'door', label: '来源', kind: 'select', options: doors },
      { key: 'wish', label: '要求', kind: 'select', options: wishes },
      { key: 'platform', label: '平台', kind: 'select', options: platforms },
      { key: 'link', label: '网址', kind: 'text', optional: true },
      { key: 'quote', label: '原话和大致时间', kind: 'long', optional: true },
      { key: 'statement', label: '说明', kind: 'long' },
      {
        key: 'contact',
        label: '联系方式',
        kind: 'text',
        optional: true,
        hint: '只用于答复，密封保存，不要主动询问',
      },
    ],
  },
  open: async (client, values) => {
    const body = { commandId: newId(), ...values } as Body;
    const { entry, code } = await client.call('enterPublicRequest', { body });
    return { id: entry.id, told: `请告诉对方：编号 ${entry.number}，查询码 ${code}（只显示这一次）。` };
  },
  steps: [
    {
      ...{ name: 'match', label: '核对是哪几条', action: 'objection.handle' },
      fields: [{ key: 'postIds', label: '信息编号', kind: 'lines', hint: '在检索中找到后填写，一行一条' }],
      fits: received,
      send: (client, entry, values) => client.call('matchPublicRequest', at(entry, values)),
    },
    {
      ...{ name: 'erase', label: '立即清除文字', action: 'objection.handle', fields: [] },
      note: '原文、索引、快照和引用它的备注一并清除，不能恢复。',
      fits: (facts) =>
        received(facts) && 'postIds' in facts && facts.postIds.length > 0 && facts.erasedAt === null,
      send: (client, entry) => client.call('erasePublicRequest', at(entry)),
    },
    {
      ...{ name: 'leave-out', label: '登入不再采集名单', action: 'objection.handle' },
      fields: [
        {
          ...{ key: 'account', label: '平台账号编号', kind: 'text' },
          hint: '此刻在平台公开页面上查看并填写一次；只变成密文摘要，不保存、不显示',
        },
      ],
      fits: (facts) =>
        received(facts) && 'wish' in facts && facts.wish === 'object' && facts.listedAt === null,
      send: (client, entry, values) => client.call('listObjector', at(entry, values)),
    },
    {
      ...{ name: 'correct', label: '登记更正', action: 'objection.handle' },
      note: '更正说明会在公开页面上公布，并登记一条线索。',
      fields: [
        { key: 'text', label: '更正说明', kind: 'long' },
        { key: 'link', label: '更正后的网址', kind: 'text', optional: true },
      ],
      fits: (facts) => received(facts) && 'wish' in facts && facts.wish === 'correct-ours',
      send: (client, entry, values) =>
        client.call('correctForPublic', at(entry, { ...values, leadId: newId() })),
    },
    {
      ...{ name: 'answer', label: '答复', action: 'objection.handle' },
      fields: [
        { key: 'outcome', label: '结果', kind: 'select', options: outcomes },
        { key: 'answer', label: '答复和理由', kind: 'long' },
      ],
      fits: received,
      send: (client, entry, values) => client.call('answerPublicRequest', at(entry, values)),
    },
    {
      ...{ name: 'close', label: '办结', action: 'objection.handle', fields: [] },
      note: '联系方式 30 天后清除。',
      fits: inState('answered'),
      send: (client, entry) => client.call('closePublicRequest', at(entry)),
    },
  ],
};

/** Those that this person may take with the entry as it stands. */
export function stepsFor(book: BookSpec, entry: AnyDetail, actions: readonly Action[]): readonly StepSpec[] {
  return book.steps.filter(
    ({ action, fits, consent }) =>
      actions.includes(action) &&
      fits(entry.facts) &&
      (consent === undefined || entry.consents.includes(consent)),
  );
}

export const books: readonly BookSpec[] = [publicBook, removal, lawful];

/** `lawful:ID` in the address; null for an address that names none. */
export function parseBookPlace(id: string | null): { book: string; entryId: string | null } | null {
  if (id === null) return null;
  const cut = id.indexOf(':');
  return cut < 0 ? { book: id, entryId: null } : { book: id.slice(0, cut), entryId: id.slice(cut + 1) };
}
