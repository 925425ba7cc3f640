import type { DraftDetail } from '../../../review-api/contract/draft.ts';
import { t } from '../i18n/t.ts';
import { type DraftMove, draftMoveWords } from './draft-words.ts';
import { type ProofTick, recordTicks } from './proof-ticks.ts';
import { findWebLink } from './web-link.ts';

type Step = DraftDetail['openSteps'][number];

/** A move being filled in. */
export interface DraftMoveForm {
  move: DraftMove;
  text: string;
  step: Step | '';
  /** As typed. */
  errors: string;
  readAloud: boolean;
  /** What a proofreader has gone through. */
  ticks: ProofTick[];
  urgent: boolean;
  urgentReason: string;
  channelId: string;
  url: string;
  keys: string[];
  /** Of a scan that was brought; its name for the screen. */
  scan: { hash: string; name: string } | null;
  leaderId: string;
  signedOn: string;
}

/** Steps that this person may decide by a move. */
export function stepsFor(move: DraftMove, draft: DraftDetail): Step[] {
  if (move === 'record-offline') return draft.openSteps;
  const kind = move === 'confirm-offline' || move === 'deny-offline' ? 'confirmation' : 'step';
  return draft.openings.filter((one) => one.kind === kind).map(({ step }) => step);
}

/** Channels that a move can be about. */
export function channelsFor(move: DraftMove, draft: DraftDetail): DraftDetail['channels'] {
  return move === 'mark-taken-down' ? (draft.takeDown?.left ?? []) : draft.channels;
}

export function beginDraftMove(move: DraftMove, draft: DraftDetail, today: string): DraftMoveForm {
  const steps = stepsFor(move, draft);
  const channels = channelsFor(move, draft);
  const left = channels.find(({ id }) => !draft.publications.some(({ channel }) => channel.id === id));
  const channel = move === 'mark-published' ? (left ?? channels[0]) : channels[0];
  const known = draft.publications.find((one) => one.channel.id === channel?.id);
  return {
    ...{
      move,
      text: '',
      step: steps[0] ?? '',
      errors: '0',
      readAloud: false,
      ticks: [],
      urgent: false,
      urgentReason: '',
    },
    ...{ channelId: channel?.id ?? '', url: known?.url ?? '', keys: draft.asked?.keys ?? [] },
    ...{ scan: null, leaderId: '', signedOn: today },
  };
}

export interface WrongField {
  field: string;
  failure: string;
}

/** What still keeps it from being sent, at which field; null when nothing does. */
export function findMissingIn(form: DraftMoveForm): WrongField | null {
  const { asks, needsText, textLabel } = draftMoveWords[form.move];
  if (asks.includes('step') && form.step === '')
    return { field: 'step', failure: t('draft-words.chooseStep') };
  if (asks.includes('errors') && !/^\d{1,4}$/.test(form.errors.trim()))
    return { field: 'errorsFound', failure: t('draft-words.errorsNeeded') };
  if (asks.includes('urgent') && form.urgent && form.urgentReason.trim() === '')
    return { field: 'urgentReason', failure: t('draft-words.urgentWhy') };
  if (asks.includes('channel') && form.channelId === '')
    return { field: 'channelId', failure: t('draft-words.chooseChannel') };
  if (asks.includes('url') && form.url.trim() !== '' && findWebLink(form.url.trim()) === null)
    return { field: 'url', failure: t('draft-words.addressNeeded') };
  if (asks.includes('offline')) {
    if (form.leaderId === '') return { field: 'leaderId', failure: t('draft-words.chooseSigner') };
    if (form.signedOn === '') return { field: 'signedOn', failure: t('draft-words.signedOnNeeded') };
    if (form.scan === null) return { field: 'scan', failure: t('draft-words.scanNeeded') };
  }
  if (form.move === 'ask-allowance' && form.keys.length === 0)
    return { field: 'keys', failure: t('draft-words.chooseFindings') };
  if (needsText && form.text.trim() === '')
    return { field: 'text', failure: t('draft-words.fillIn', { textLabel }) };
  return null;
}

/** What is sent, beside the id of the intention and the revision. */
export function draftMoveBody(form: DraftMoveForm) {
  const { asks } = draftMoveWords[form.move];
  const has = (field: (typeof asks)[number]) => asks.includes(field);
  const text = recordTicks(form.text.trim(), has('errors') ? form.ticks : []);
  const url = form.url.trim();
  return {
    move: form.move,
    text: text === '' ? null : text,
    step: has('step') && form.step !== '' ? form.step : null,
    errorsFound: has('errors') ? Number(form.errors.trim()) : null,
    readAloud: has('errors') ? form.readAloud : null,
    urgentReason: has('urgent') && form.urgent ? form.urgentReason.trim() : null,
    channelId: has('channel') ? form.channelId : null,
    url: has('url') && url !== '' ? url : null,
    keys: has('keys') ? form.keys : [],
    ...(has('offline')
      ? { scan: form.scan?.hash ?? null, leaderId: form.leaderId, signedOn: form.signedOn }
      : { scan: null, leaderId: null, signedOn: null }),
  };
}
