/** What is measured on a set; `none`: known, and not for the judge (spelling is the draft check's). */
type Task = 'tone' | 'emotion' | 'harassment' | 'distress' | 'fraud' | 'ordinary' | 'none';

export interface KnownSet {
  task: Task;
  /** Before judging: what would give the label away. */
  prepare?: (text: string) => string;
}

/** `[泪]`, `[哈哈]`: weibo_senti_100k was labelled by them, so that a judge that reads them copies the label. */
function stripEmoticons(text: string): string {
  return text.replace(/\[[^[\]]{1,12}\]/g, '');
}

export const knownSets = {
  weibo2018: { task: 'tone' },
  weibo_senti_100k: { task: 'tone', prepare: stripEmoticons },
  chnsenticorp: { task: 'tone' },
  waimai_10k: { task: 'tone' },
  online_shopping_10_cats: { task: 'tone' },
  smp2020_ewect_usual: { task: 'emotion' },
  smp2020_ewect_virus: { task: 'emotion' },
  cold: { task: 'harassment' },
  sos_hl_1k: { task: 'distress' },
  socialcd_3k: { task: 'distress' },
  fbs_spam_sms: { task: 'fraud' },
  thucnews_title10: { task: 'ordinary' },
  csc_ecspell_odw: { task: 'none' },
  csc_ecspell_law: { task: 'none' },
  csc_ecspell_med: { task: 'none' },
  csc_sighan2013: { task: 'none' },
  csc_sighan2014: { task: 'none' },
  csc_sighan2015: { task: 'none' },
} as const satisfies Record<string, KnownSet>;

export type SetName = keyof typeof knownSets;

export function isSetName(name: string): name is SetName {
  return Object.hasOwn(knownSets, name);
}

/** Three classes out of the six emotions of SMP2020-EWECT. */
export function toneOfEmotion(label: string): 'negative' | 'neutral' | 'positive' | null {
  if (label === 'happy') return 'positive';
  if (label === 'neutral' || label === 'surprise') return 'neutral';
  return label === 'angry' || label === 'sad' || label === 'fear' ? 'negative' : null;
}
