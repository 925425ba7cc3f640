import { Timeline } from '../../timeline.ts';
import { stories } from '../stories/index.ts';
import { voices } from '../voices.ts';
import { labelsOfDays } from './labels-of-days.ts';
import { labelsOfStories } from './labels-of-stories.ts';
import { type MatterName, matters } from './matters.ts';

/*
 * How this was labelled: by hand, by one reader, every remark of the public and every lead; a random 80 were labelled again an hour
 * later without looking: 78 alike, kappa 0.97 (one reader's with itself, which says nothing of how others would read). The rules:
 * - A remark is labelled by what it says, read in its place: the thread and the status it stands under say what `it` is, but a
 *   remark about something else keeps its own matter, or none.
 * - One matter is what one answer of the school would answer. The pump that fails twice in ten days is one; the yellow water after
 *   it and the hot water of the same house are others.
 * - Warnings, doubts, corrections and jokes about a matter belong to it. A lure belongs to `fraud-lures`, other adverts to none.
 * - `none`: small talk, bare thanks and approval without a word of the matter, adverts, and whatever nobody else speaks of.
 * - What is said of somebody's own life is `none`, whatever else stands around it: nothing of it belongs in a list of topics.
 */

type Label = MatterName | 'none';

/** What a person wrote, and what it is about. */
interface LabelledRemark {
  /** `water-again/3` of a remark, the voice's key of a lead. */
  key: string;
  channelKind: 'weibo' | 'wechat' | 'manual';
  kind: 'comment' | 'lead';
  /** Key of the status or article it stands under; '' of a lead. */
  under: string;
  /** An instant in UTC. */
  at: string;
  /** As it was typed; names of persons as `@…`. */
  text: string;
  label: Label;
}

/** The words with which the label was written down: a label whose remark has become another is no label. */
interface WrittenLabel {
  key: string;
  label: Label;
  begins: string;
}

const leadLabels: Record<string, Label> = { 'mayor-hotline-lead': 'dorm-heating', 'ceiling-rumour': 'none' };
const line = /^(\d+) (\S+) (.+)$/;

function isLabel(name: string): name is Label {
  return name === 'none' || name in matters;
}

/** @throws Error at a line that is none, or a label nobody has described */
export function readLabels(text: string): WrittenLabel[] {
  let under = '';
  return text
    .split('\n')
    .filter((each) => each !== '')
    .flatMap((each) => {
      if (each.startsWith('## ')) {
        under = each.slice(3);
        return [];
      }
      const [, number = '', label = '', begins = ''] = line.exec(each) ?? [];
      if (!isLabel(label)) throw new Error(`no label: ${under}: ${each}`);
      return [{ key: `${under}/${number}`, label, begins }];
    });
}

export const writtenLabels: readonly WrittenLabel[] = [
  ...readLabels(labelsOfStories),
  ...readLabels(labelsOfDays),
];

const maskNames = (text: string) => text.replace(/@@\d+/g, '@…');

/** Everything the public says at the campus, oldest first, as if it had opened then; also what is taken back, and said later. */
export function labelledRemarks(openedAt: Date): LabelledRemark[] {
  const labels = new Map(writtenLabels.map(({ key, label }) => [key, label]));
  const never = new Date(8.64e15);
  const timeline = new Timeline(stories, { openedAt, now: () => never });
  const kinds = [
    ...timeline.statusKeys().map(({ key }) => [key, 'weibo'] as const),
    ...timeline.articleKeys().map(({ key }) => [key, 'wechat'] as const),
  ];
  const remarks = kinds.flatMap(([under, channelKind]) =>
    timeline
      .listRemarks(under)
      .filter(({ official }) => !official)
      .map(({ key, at, text }) => ({
        ...{ key, channelKind, kind: 'comment' as const, under, at: at.toISOString() },
        ...{ text: maskNames(text), label: labels.get(key) ?? 'none' },
      })),
  );
  const leads = voices
    .filter(({ kind }) => kind === 'lead')
    .map(({ key, text, hoursAgo }) => ({
      ...{ key, channelKind: 'manual' as const, kind: 'lead' as const, under: '' },
      ...{ at: new Date(openedAt.getTime() - hoursAgo * 3_600_000).toISOString() },
      ...{ text, label: leadLabels[key] ?? 'none' },
    }));
  return [...remarks, ...leads].sort((a, b) => a.at.localeCompare(b.at) || a.key.localeCompare(b.key));
}

/** The first remark of every matter. */
export function firstRemarks(remarks: readonly LabelledRemark[]): Map<Label, LabelledRemark> {
  const firsts = new Map<Label, LabelledRemark>();
  for (const remark of remarks) {
    if (remark.label !== 'none' && !firsts.has(remark.label)) firsts.set(remark.label, remark);
  }
  return firsts;
}
