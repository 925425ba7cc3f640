import { z } from 'zod';
import type { ChannelKind } from './channel.ts';
import type { NormalForm } from './normal-form.ts';
import { normaliseLink } from './normal-link.ts';
import { normaliseText } from './normal-text.ts';
import { readAgainst } from './page-lines.ts';
import type { Attachment } from './post.ts';
import { diffText } from './text-diff.ts';

/** What a crawler read of an own page. */
export interface PublishedItem {
  channelKind: ChannelKind;
  title: string;
  text: string;
  links: readonly string[];
  attachments: readonly Attachment[];
  /** Addresses of the pictures in its text; null where the crawler did not say. */
  images: readonly string[] | null;
}

/** `not-compared`: it stands there, and whether it is what was approved cannot be told. Never read as the same. */
const PartResult = z.enum(['same', 'changed', 'not-compared']);

const DiffStretch = z.strictObject({ kind: z.enum(['kept', 'removed', 'added']), text: z.string() });
type DiffStretch = z.infer<typeof DiffStretch>;

const Targets = z.strictObject({
  result: PartResult,
  /** Approved, and not there. */
  missing: z.array(z.string()),
  /** There, and not approved. */
  added: z.array(z.string()),
  notCompared: z.array(z.string()),
});
type Targets = z.infer<typeof Targets>;

/** Approved text against the published page, part by part. */
export const Comparison = z.strictObject({
  title: PartResult,
  text: PartResult,
  /** Only the beginning was published, to the letter: as short forms have it. */
  isExcerpt: z.boolean(),
  /** Title and text, with a little around each change; empty where both are the same. */
  changes: z.strictObject({ title: z.array(DiffStretch), text: z.array(DiffStretch) }),
  /** Lines of the page that its system or account writes around a text: shown, and not counted. */
  ignored: z.array(z.string()),
  links: Targets,
  attachments: Targets,
  images: z.strictObject({
    result: PartResult,
    approved: z.int().nonnegative(),
    /** Null where the crawler did not say. */
    published: z.int().nonnegative().nullable(),
  }),
});
export type Comparison = z.infer<typeof Comparison>;

/** @param draft normalised as `published` */
export function comparePublished(draft: NormalForm, item: PublishedItem): Comparison {
  const read = item.channelKind === 'weibo' ? readStatus(draft, item) : readArticle(draft, item);
  return {
    ...read,
    links: compareLinks(draft, item),
    attachments: compareAttachments(draft, item),
    images: compareImages(draft, item),
  };
}

export function isSame(compared: Comparison): boolean {
  const { title, text, links, attachments, images } = compared;
  return ![title, text, links.result, attachments.result, images.result].includes('changed');
}

type ReadTexts = Pick<Comparison, 'title' | 'text' | 'isExcerpt' | 'changes' | 'ignored'>;

/** A feed may give the beginning of an article only. */
function readArticle(draft: NormalForm, item: PublishedItem): ReadTexts {
  const read = readPage(draft, item);
  if (item.channelKind !== 'feed' || read.text === 'same') return read;
  const beginning = readStatus(draft, item);
  return beginning.isExcerpt
    ? { ...beginning, title: read.title, changes: { ...read.changes, text: [] } }
    : read;
}

function readPage(draft: NormalForm, item: PublishedItem): ReadTexts {
  const shown = normaliseText(item.title);
  const [first = '', ...others] = item.text.split('\n');
  // The second line of a headline stands in a place of its own, and is read as the first line of the text.
  const isSplit = shown.length >= 4 && shown !== draft.title && shown + normaliseText(first) === draft.title;
  const fileNames = item.attachments.map(({ name }) => name);
  const text = isSplit ? others.join('\n') : item.text;
  const read = readAgainst(draft, { text, title: item.title, fileNames });
  const isTitle = isSplit || shown === draft.title;
  return {
    title: isTitle ? 'same' : 'changed',
    text: read.same ? 'same' : 'changed',
    isExcerpt: false,
    changes: {
      title: isTitle ? [] : diffText(draft.title, shown),
      text: read.same ? [] : withContext(diffText(draft.text, read.rest)),
    },
    ignored: read.ignored,
  };
}

/** Topics and calls to read on, before and after what a status says. */
const statusEnds =
  /^(?:#[^#\n]{1,40}#)+|(?:(?:\.{3}|…+|全文|网页链接|查看图片|阅读全文|详情(?:见|戳|点击)?[:：]?|[↓👇⬇]|https?:\/\/[\w./?=&%#:+~-]+|#[^#\n]{1,40}#|L[^\s]{1,30}的微博视频)\s*)+$/u;
const leastExcerpt = 10;

/** A status has no title of its own: it is the text, with the title before it or without, whole or its beginning. */
function readStatus(draft: NormalForm, item: PublishedItem): ReadTexts {
  const { title, text } = draft;
  const forms = [text, `【${title}】${text}`, `${title}${text}`, `【${title}】`, title].filter(
    (form) => form !== '',
  );
  const whole = normaliseText(item.text);
  const said = trimStatus(whole);
  const full = [whole, said].some((one) => forms.slice(0, 3).includes(one));
  const begins = said.length >= leastExcerpt && forms.some((form) => form.startsWith(said));
  const closest = forms.find((form) => form.slice(0, 4) === said.slice(0, 4)) ?? text;
  const isSame = full || begins;
  return {
    title: 'same',
    text: isSame ? 'same' : 'changed',
    isExcerpt: isSame && !full,
    changes: {
      title: [],
      text: isSame ? [] : withContext(diffText(closest.slice(0, said.length + 200), said)),
    },
    ignored: isSame && said !== whole ? leftOut(whole, said) : [],
  };
}

function trimStatus(text: string): string {
  let said = text;
  for (let before = ''; before !== said; ) {
    before = said;
    said = said.replace(statusEnds, '');
  }
  return said;
}

function leftOut(whole: string, said: string): string[] {
  const at = whole.indexOf(said);
  return [whole.slice(0, at), whole.slice(at + said.length)].filter((one) => one !== '');
}

const contextLength = 24;

/** Of what stayed, only what stands next to a change. */
function withContext(parts: readonly DiffStretch[]): DiffStretch[] {
  return parts.map(({ kind, text }, i) => {
    if (kind !== 'kept' || text.length <= 2 * contextLength + 1) return { kind, text };
    const head = i === 0 ? '' : text.slice(0, contextLength);
    const tail = i === parts.length - 1 ? '' : text.slice(-contextLength);
    return { kind, text: `${head}…${tail}` };
  });
}

/** Platforms take links out, or put others in their place. */
function mayDrop(kind: ChannelKind, link: string): boolean {
  return (kind === 'wechat' && !link.startsWith('mp.weixin.qq.com/')) || kind === 'weibo';
}

const unique = (links: readonly (string | null)[]) => [...new Set(links.filter((link) => link !== null))];

function compareLinks(draft: NormalForm, item: PublishedItem): Targets {
  const kind = item.channelKind;
  const approved = unique(draft.links.map(({ href }) => normaliseLink(href)));
  const shown = unique(item.links.map(normaliseLink));
  const files = new Set(item.attachments.map(({ url }) => normaliseLink(url)));
  const absent = approved.filter((link) => !shown.includes(link) && !files.has(link));
  const missing = absent.filter((link) => !mayDrop(kind, link));
  // A status writes its links in a form of the platform’s own.
  const more = shown.filter((link) => !approved.includes(link));
  const added = kind === 'weibo' ? [] : more;
  const inOrder = (links: readonly string[], others: readonly string[]) =>
    links.filter((link) => others.includes(link));
  const isMoved = inOrder(approved, shown).join('\n') !== inOrder(shown, approved).join('\n');
  const notCompared = [...absent.filter((link) => mayDrop(kind, link)), ...(kind === 'weibo' ? more : [])];
  return settle({ missing, added, notCompared }, isMoved);
}

function settle(found: Omit<Targets, 'result'>, isMoved = false): Targets {
  const isChanged = isMoved || found.missing.length + found.added.length > 0;
  return { result: isChanged ? 'changed' : found.notCompared.length > 0 ? 'not-compared' : 'same', ...found };
}

/** Films and sounds that no draft has as its files: nobody approved them here, and nobody can say that they were changed. */
const medium = /\.(?:mp4|m4v|mov|flv|wmv|avi|mp3|m4a)(?:$|[?#])|v\.qq\.com|\/voice\/getvoice|mediaid=/i;
const pictureEntry = /^图片\d{1,3}$/;
const nameLabel = /^附件\d{0,2}[:：.、]?/;
const extension = /\.[a-z0-9]{2,5}$/i;

/** A name as a list of files may show it: with or without its label, quotes and extension. */
function readFileName(name: string): { label: string | null; stem: string; ending: string | null } {
  const whole = normaliseText(name);
  const bare = whole.replace(nameLabel, '').replace(/^[《【]|[》】]$/g, '');
  return {
    label: nameLabel.exec(whole)?.[0] ?? null,
    stem: bare.replace(extension, ''),
    ending: extension.exec(bare)?.[0].toLowerCase() ?? null,
  };
}

function isSameName(one: ReturnType<typeof readFileName>, other: ReturnType<typeof readFileName>): boolean {
  const mayBe = (a: string | null, b: string | null) => a === b || a === null || b === null;
  return one.stem === other.stem && mayBe(one.ending, other.ending) && mayBe(one.label, other.label);
}

/** By name: the files of a page are not fetched for this. */
function compareAttachments(draft: NormalForm, item: PublishedItem): Targets {
  const linked = new Set(draft.links.map(({ href }) => normaliseLink(href)));
  const files = item.attachments.filter(
    ({ name, url }) => !pictureEntry.test(name) && !linked.has(normaliseLink(url)),
  );
  const waiting = files.map(({ name, url }) => ({
    name,
    read: readFileName(name),
    isMedium: medium.test(url),
  }));
  const missing: string[] = [];
  for (const { name } of draft.attachments) {
    const read = readFileName(name);
    const at = waiting.findIndex((one) => isSameName(one.read, read));
    if (at === -1) missing.push(name);
    else waiting.splice(at, 1);
  }
  // WeChat and Weibo have no place for files.
  const isSite = item.channelKind === 'site' || item.channelKind === 'feed';
  const namesOf = (isMedium: boolean) =>
    waiting.filter((one) => one.isMedium === isMedium).map(({ name }) => name);
  return settle({
    ...{ missing: isSite ? missing : [], added: namesOf(false) },
    notCompared: [...namesOf(true), ...(isSite ? [] : missing)],
  });
}

/** By their number. Systems rename and pack pictures anew, so that one put for another is not told: then it is said so. */
function compareImages(draft: NormalForm, item: PublishedItem): Comparison['images'] {
  const approved = draft.images.length;
  const published = item.images === null ? null : item.images.length;
  const counts = item.channelKind !== 'weibo' && item.channelKind !== 'feed';
  const isChanged = counts && published !== null && published !== approved;
  const none = approved === 0 && published === 0;
  return { result: isChanged ? 'changed' : none ? 'same' : 'not-compared', approved, published };
}
