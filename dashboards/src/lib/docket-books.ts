import type { Client } from '../api/client.ts';
import { t } from '../i18n/t.ts';
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
  { key: 'law', label: t('dockets.law'), kind: 'select', options: statutes },
  { key: 'article', label: t('dockets.articleNumber'), kind: 'number' },
];
const reasonField: FieldSpec = { key: 'reason', label: t('app.reason'), kind: 'long' };
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
  label: t('dockets.lawfulRequests'),
  note: t('dockets.lawfulNote'),
  action: 'request.read',
  list: (client) => client.call('listLawfulRequests', { query: {} }),
  read: (client, id) => client.call('readLawfulRequest', { params: { id } }),
  opening: {
    label: t('dockets.registerLawful'),
    action: 'request.register',
    fields: [
      { key: 'organ', label: t('dockets.demandingAuthority'), kind: 'text' },
      { key: 'documentNumber', label: t('dockets.documentNumber'), kind: 'text' },
      { key: 'receivedAt', label: t('dockets.receivedAt'), kind: 'moment' },
      ...basis,
      {
        key: 'items',
        label: t('dockets.demandedIds'),
        kind: 'lines',
        hint: t('dockets.demandedIdsHint'),
      },
      { key: 'scope', label: t('dockets.scope'), kind: 'long' },
      { key: 'scanSha256', label: t('dockets.scanDigestField'), kind: 'digest' },
      { key: 'paperPlace', label: t('dockets.paperPlaceField'), kind: 'text' },
    ],
  },
  open: async (client, values) => {
    const items = (values.items as string[]).map(toItem);
    const body = { commandId: newId(), ...split({ ...values, items }) } as Body;
    return { id: (await client.call('registerLawfulRequest', { body })).entry.id, told: null };
  },
  steps: [
    {
      ...{ name: 'approve', label: t('dockets.approve'), action: 'request.approve', fields: [] },
      consent: 'approve',
      fits: inState('registered', 'approved'),
      send: (client, entry) => client.call('approveLawfulRequest', at(entry)),
    },
    {
      ...{
        name: 'refuse',
        label: t('dockets.doNotProvide'),
        action: 'request.approve',
        fields: [reasonField],
      },
      consent: 'refuse',
      fits: inState('registered', 'approved'),
      send: (client, entry, values) => client.call('refuseLawfulRequest', at(entry, values)),
    },
    {
      ...{ name: 'export', label: t('dockets.makeExport'), action: 'request.disclose', fields: [] },
      note: t('dockets.exportNote'),
      fits: inState('approved'),
      send: (client, entry) => client.call('exportLawfulRequest', at(entry)),
    },
    {
      ...{ name: 'close', label: t('app.closeMatter'), action: 'request.register', fields: [] },
      fits: inState('disclosed', 'refused'),
      send: (client, entry) => client.call('closeLawfulRequest', at(entry)),
    },
  ],
};

const removal: BookSpec = {
  name: 'removal',
  label: t('dockets.lawfulRemovals'),
  note: t('dockets.removalNote'),
  action: 'removal.read',
  list: (client) => client.call('listRemovals', { query: {} }),
  read: (client, id) => client.call('readRemoval', { params: { id } }),
  opening: {
    label: t('dockets.registerRemoval'),
    action: 'removal.register',
    fields: [
      { key: 'platform', label: t('dockets.platform'), kind: 'select', options: platforms },
      {
        key: 'postId',
        label: t('dockets.postId'),
        kind: 'text',
        optional: true,
        hint: t('dockets.postIdHint'),
      },
      {
        key: 'link',
        label: t('dockets.publicAddress'),
        kind: 'text',
        optional: true,
        hint: t('dockets.publicAddressHint'),
      },
      { key: 'ground', label: t('dockets.legalGround'), kind: 'select', options: grounds },
      ...basis,
      { key: 'screenshotSha256', label: t('dockets.screenshotDigestField'), kind: 'digest' },
      {
        key: 'explanation',
        label: t('dockets.removalReason'),
        kind: 'long',
        hint: t('dockets.removalReasonHint'),
      },
    ],
  },
  open: async (client, values) => {
    const body = { commandId: newId(), ...split(values) } as Body;
    return { id: (await client.call('proposeRemoval', { body })).entry.id, told: null };
  },
  steps: [
    {
      ...{ name: 'approve', label: t('dockets.approveRemoval'), action: 'removal.approve', fields: [] },
      consent: 'approve',
      fits: inState('proposed'),
      send: (client, entry) => client.call('approveRemoval', at(entry)),
    },
    {
      ...{
        name: 'refuse',
        label: t('dockets.doNotApprove'),
        action: 'removal.approve',
        fields: [reasonField],
      },
      consent: 'refuse',
      fits: inState('proposed'),
      send: (client, entry, values) => client.call('refuseRemoval', at(entry, values)),
    },
    {
      ...{ name: 'done', label: t('dockets.recordRemoval'), action: 'removal.register' },
      fields: [
        { key: 'doneAt', label: t('dockets.removedAt'), kind: 'moment' },
        { key: 'toldThere', label: t('dockets.publisherToldCheck'), kind: 'check' },
      ],
      fits: inState('approved'),
      send: (client, entry, values) => client.call('recordRemovalDone', at(entry, values)),
    },
    {
      ...{ name: 'appeal', label: t('dockets.registerAppeal'), action: 'removal.register' },
      fields: [
        { key: 'receivedAt', label: t('dockets.appealReceivedAt'), kind: 'moment' },
        { key: 'appeal', label: t('dockets.appealText'), kind: 'long' },
      ],
      fits: inState('done'),
      send: (client, entry, values) => client.call('registerRemovalAppeal', at(entry, values)),
    },
    {
      ...{ name: 'settle', label: t('dockets.settleAppeal'), action: 'removal.approve' },
      consent: 'settle',
      fields: [
        {
          ...{ key: 'outcome', label: t('dockets.appeal'), kind: 'select' },
          options: [
            ['upheld', t('dockets.appealUpheld')],
            ['rejected', t('dockets.appealRejected')],
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
  label: t('dockets.objections'),
  note: t('dockets.objectionsNote'),
  action: 'objection.handle',
  list: (client) => client.call('listPublicRequests', { query: {} }),
  read: (client, id) => client.call('readPublicRequest', { params: { id } }),
  opening: {
    label: t('dockets.registerObjection'),
    action: 'objection.handle',
    fields: [
      { key: 'door', label: t('app.source'), kind: 'select', options: doors },
      { key: 'wish', label: t('dockets.wish'), kind: 'select', options: wishes },
      { key: 'platform', label: t('dockets.platform'), kind: 'select', options: platforms },
      { key: 'link', label: t('dockets.webAddress'), kind: 'text', optional: true },
      { key: 'quote', label: t('dockets.quoteField'), kind: 'long', optional: true },
      { key: 'statement', label: t('app.explanation'), kind: 'long' },
      {
        key: 'contact',
        label: t('dockets.contact'),
        kind: 'text',
        optional: true,
        hint: t('dockets.contactHint'),
      },
    ],
  },
  open: async (client, values) => {
    const body = { commandId: newId(), ...values } as Body;
    const { entry, code } = await client.call('enterPublicRequest', { body });
    return { id: entry.id, told: t('dockets.tellNumber', { number: entry.number, code }) };
  },
  steps: [
    {
      ...{ name: 'match', label: t('dockets.matchPosts'), action: 'objection.handle' },
      fields: [
        { key: 'postIds', label: t('dockets.postId'), kind: 'lines', hint: t('dockets.matchPostsHint') },
      ],
      fits: received,
      send: (client, entry, values) => client.call('matchPublicRequest', at(entry, values)),
    },
    {
      ...{ name: 'erase', label: t('dockets.eraseNow'), action: 'objection.handle', fields: [] },
      note: t('dockets.eraseNote'),
      fits: (facts) =>
        received(facts) && 'postIds' in facts && facts.postIds.length > 0 && facts.erasedAt === null,
      send: (client, entry) => client.call('erasePublicRequest', at(entry)),
    },
    {
      ...{ name: 'leave-out', label: t('dockets.addToLeaveOut'), action: 'objection.handle' },
      fields: [
        {
          ...{ key: 'account', label: t('dockets.platformAccountId'), kind: 'text' },
          hint: t('dockets.platformAccountHint'),
        },
      ],
      fits: (facts) =>
        received(facts) && 'wish' in facts && facts.wish === 'object' && facts.listedAt === null,
      send: (client, entry, values) => client.call('listObjector', at(entry, values)),
    },
    {
      ...{ name: 'correct', label: t('dockets.registerCorrection'), action: 'objection.handle' },
      note: t('dockets.correctionNote'),
      fields: [
        { key: 'text', label: t('dockets.correctionText'), kind: 'long' },
        { key: 'link', label: t('dockets.correctedAddress'), kind: 'text', optional: true },
      ],
      fits: (facts) => received(facts) && 'wish' in facts && facts.wish === 'correct-ours',
      send: (client, entry, values) =>
        client.call('correctForPublic', at(entry, { ...values, leadId: newId() })),
    },
    {
      ...{ name: 'answer', label: t('dockets.reply'), action: 'objection.handle' },
      fields: [
        { key: 'outcome', label: t('dockets.outcome'), kind: 'select', options: outcomes },
        { key: 'answer', label: t('dockets.replyAndReasons'), kind: 'long' },
      ],
      fits: received,
      send: (client, entry, values) => client.call('answerPublicRequest', at(entry, values)),
    },
    {
      ...{ name: 'close', label: t('app.closeMatter'), action: 'objection.handle', fields: [] },
      note: t('dockets.contactErased'),
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
