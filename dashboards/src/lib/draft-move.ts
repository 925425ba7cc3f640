import type { DraftDetail } from '../../../review-api/contract/draft.ts';
import { type DraftMove, draftMoveWords } from './draft-words.ts';
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
  if (asks.includes('step') && form.step === '') return { field: 'step', failure: '请选择审校环节。' };
  if (asks.includes('errors') && !/^\d{1,4}$/.test(form.errors.trim()))
    return { field: 'errorsFound', failure: '请填写差错数，没有填 0。' };
  if (asks.includes('urgent') && form.urgent && form.urgentReason.trim() === '')
    return { field: 'urgentReason', failure: '请写明为什么加急。' };
  if (asks.includes('channel') && form.channelId === '')
    return { field: 'channelId', failure: '请选择渠道。' };
  if (asks.includes('url') && form.url.trim() !== '' && findWebLink(form.url.trim()) === null)
    return { field: 'url', failure: '请填写以 http:// 或 https:// 开头的地址。' };
  if (asks.includes('offline')) {
    if (form.leaderId === '') return { field: 'leaderId', failure: '请选择签批人。' };
    if (form.signedOn === '') return { field: 'signedOn', failure: '请填写签批日期。' };
    if (form.scan === null) return { field: 'scan', failure: '请上传签批单的扫描件或照片。' };
  }
  if (form.move === 'ask-allowance' && form.keys.length === 0)
    return { field: 'keys', failure: '请选择要申请放行的问题。' };
  if (needsText && form.text.trim() === '') return { field: 'text', failure: `请填写${textLabel}。` };
  return null;
}

/** What is sent, beside the id of the intention and the revision. */
export function draftMoveBody(form: DraftMoveForm) {
  const { asks } = draftMoveWords[form.move];
  const has = (field: (typeof asks)[number]) => asks.includes(field);
  const text = form.text.trim();
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
