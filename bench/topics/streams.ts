import type { TopicItem } from '../../pipeline/domain/topic-evidence.ts';
import { openPhraseReader } from '../../pipeline/text/phrase-reader.ts';
import { openSegmenter } from '../../pipeline/text/segment.ts';
import { labelledRemarks } from '../../test/campus/content/labels/labelled-remarks.ts';
import { stories } from '../../test/campus/content/stories/index.ts';
import {
  type MonthItem,
  writeLabelledMonths,
  writeQuietMonths,
} from '../../test/campus/months/labelled-months.ts';
import { Timeline } from '../../test/campus/timeline.ts';

/** An item with the matter that it is about; `none` for what belongs to none. */
export interface Labelled {
  item: TopicItem;
  label: string;
  text: string;
}

const reader = openPhraseReader(openSegmenter({ dictionaryWords: [] }), []);

type Spoken = Pick<MonthItem, 'key' | 'at' | 'channelId' | 'under' | 'text' | 'label'> & {
  kind: string;
  replyTo?: string | null;
};

function read({ key, at, channelId, under, text, label, kind, replyTo = null }: Spoken): Labelled {
  const isOwn = kind === 'status' || kind === 'article';
  const rootId = under === '' ? null : under;
  const { phrases, copies } = reader.read(text);
  const speaker = isOwn ? ('school' as const) : ('public' as const);
  const item: TopicItem = {
    postId: key,
    at,
    channelId,
    speaker,
    rootId,
    parentId: replyTo ?? rootId,
    phrases,
    copies,
  };
  return { item, label, text };
}

/** A school year, or a part of it, with all matters that begin in it. */
export const readMonths = (options: Parameters<typeof writeLabelledMonths>[0]): Labelled[] =>
  writeLabelledMonths(options).map(read);

/** The same life without a matter. */
export const readQuietMonths = (options: Parameters<typeof writeQuietMonths>[0]): Labelled[] =>
  writeQuietMonths(options).map(read);

/** The campus as labelled by hand, with what the school itself wrote. */
export function readCampus(openedAt: Date): Labelled[] {
  const timeline = new Timeline(stories, { openedAt, now: () => new Date(8.64e15) });
  const replyTo = new Map(
    [...timeline.statusKeys(), ...timeline.articleKeys()]
      .flatMap(({ key }) => timeline.listRemarks(key))
      .map((remark) => [remark.key, remark.replyTo]),
  );
  const own = [
    ...timeline.listStatuses().map(({ key, at, text }) => ({ key, at, text, kind: 'status' })),
    ...timeline.listArticles().map(({ key, at, source }) => ({
      ...{ key, at, kind: 'article' },
      text: `${source.title}\n${source.paragraphs.join('\n')}`,
    })),
  ].map((one) => ({ ...one, at: one.at.toISOString(), channelId: 'campus', under: '', label: 'none' }));
  const remarks = labelledRemarks(openedAt).map((remark) => ({
    ...remark,
    channelId: remark.channelKind,
    replyTo: replyTo.get(remark.key) ?? null,
  }));
  return [...own, ...remarks].map(read);
}
