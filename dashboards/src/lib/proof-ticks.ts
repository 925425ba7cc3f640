import { t } from '../i18n/t.ts';

/**
 * What a proofreader goes through, a tick each. What was ticked goes into the opinion of the step, and with it onto the 审核登记表:
 * so it is Chinese whatever the screen speaks.
 */
const recorded = {
  names: '姓名、职务和排序',
  terms: '单位名称和规范用语',
  dates: '时间、地点',
  figures: '数字和计量单位',
  quotes: '引文和文件名称',
  links: '链接和附件',
  images: '图片和图注',
  characters: '错别字和标点',
} as const;

export type ProofTick = keyof typeof recorded;
export const proofTicks = Object.keys(recorded) as ProofTick[];

export const proofTickLabels: Record<ProofTick, string> = {
  names: t('draft-words.tickNames'),
  terms: t('draft-words.tickTerms'),
  dates: t('draft-words.tickDates'),
  figures: t('draft-words.tickFigures'),
  quotes: t('draft-words.tickQuotes'),
  links: t('draft-words.tickLinks'),
  images: t('draft-words.tickImages'),
  characters: t('draft-words.tickCharacters'),
};

/** The opinion with what was ticked behind it, in the order of the list; as it was where nothing is ticked. */
export function recordTicks(opinion: string, ticked: readonly ProofTick[]): string {
  const names = proofTicks.filter((one) => ticked.includes(one)).map((one) => recorded[one]);
  if (names.length === 0) return opinion;
  const line = `已核对：${names.join('；')}。`;
  return opinion === '' ? line : `${opinion}\n${line}`;
}
