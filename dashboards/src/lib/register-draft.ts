import type { ChannelView, RegisterRequest } from '../../../review-api/contract/channel.ts';
import { t } from '../i18n/t.ts';

/** What stands in the form of the register; an empty field is a fact that is not known. */
export interface RegisterDraft {
  name: string;
  unit: string;
  executor: string;
  responsible: string;
  account: string;
  filingNumber: string;
  filedOn: string;
  reviewedOn: string;
  reviewFrom: string;
}

export const emptyRegister: RegisterDraft = {
  ...{ name: '', unit: '', executor: '', responsible: '', account: '' },
  ...{ filingNumber: '', filedOn: '', reviewedOn: '', reviewFrom: '' },
};

export function registerOf(channel: ChannelView): RegisterDraft {
  return {
    name: channel.name,
    unit: channel.unit.id,
    executor: channel.executor?.id ?? '',
    responsible: channel.responsible ?? '',
    account: channel.account ?? '',
    filingNumber: channel.filing?.number ?? '',
    filedOn: channel.filing?.filedOn ?? '',
    reviewedOn: channel.reviewedOn ?? '',
    reviewFrom: channel.reviewFrom ?? '',
  };
}

/** What is missing, or what is sent. */
export function readRegister(
  draft: RegisterDraft,
): { entry: Omit<RegisterRequest, 'revision'> } | { field: keyof RegisterDraft; failure: string } {
  const orNull = (text: string) => (text.trim() === '' ? null : text.trim());
  const number = orNull(draft.filingNumber);
  if (draft.name.trim() === '') return { field: 'name', failure: t('dockets.nameMissing') };
  if (draft.unit === '') return { field: 'unit', failure: t('dockets.ownerUnitMissing') };
  if (number !== null && draft.filedOn === '')
    return { field: 'filedOn', failure: t('dockets.filingDateMissing') };
  if (number === null && draft.filedOn !== '')
    return { field: 'filingNumber', failure: t('dockets.filingNumberMissing') };
  return {
    entry: {
      name: draft.name.trim(),
      unit: draft.unit,
      executor: orNull(draft.executor),
      responsible: orNull(draft.responsible),
      account: orNull(draft.account),
      filing: number === null ? null : { number, filedOn: draft.filedOn },
      reviewedOn: orNull(draft.reviewedOn),
      reviewFrom: orNull(draft.reviewFrom),
    },
  };
}
