import type { DraftContent } from '../domain/draft-content.ts';
import type { DraftNode } from '../domain/draft-document.ts';
import { InvalidInput } from '../domain/errors.ts';
import { type FlatDocument, flattenDocument } from '../domain/flatten-document.ts';
import type { Settings } from '../domain/settings.ts';
import type { Ports, Stores } from '../ports/index.ts';
import { assertNoSecrecyMark, type TextToStore } from './assert-no-secrecy-mark.ts';

export interface ContentPorts {
  stores: Pick<Stores, 'settings'>;
  blobs: Pick<Ports['blobs'], 'find'>;
}

/** Far more than any article of a school has. */
const mostCharacters = 200_000;

function listHashes(nodes: readonly DraftNode[]): string[] {
  return nodes.flatMap(({ type, attrs, content }) => [
    ...(type === 'image' && typeof attrs?.hash === 'string' ? [attrs.hash] : []),
    ...listHashes(content ?? []),
  ]);
}

/** What links say of themselves where the pointer rests on them. */
function listTitles(nodes: readonly DraftNode[]): string[] {
  return nodes.flatMap(({ marks = [], content }) => [
    ...marks.flatMap((mark) => (mark.type === 'link' ? (mark.attrs.title ?? []) : [])),
    ...listTitles(content ?? []),
  ]);
}

/** @throws InvalidInput */
export function assertLength(text: string): void {
  if (text.length > mostCharacters)
    throw new InvalidInput('content.document', `正文最多 ${mostCharacters} 个字，请分成几篇。`);
}

/** Every file that a content names: pictures and attachments. */
export function filesOf({ images, attachments }: Pick<DraftContent, 'images' | 'attachments'>): string[] {
  return [...new Set([...images, ...attachments].map(({ hash }) => hash))];
}

const join = (parts: readonly (string | null | undefined)[]) => parts.filter((part) => part).join('\n');

/** Everything in it that was typed or read, under the names that a refusal uses. */
function textsOf(content: DraftContent, { images: shown, links, text: body }: FlatDocument): TextToStore[] {
  const { declarations, source, images, attachments } = content;
  return [
    { field: 'content.title', called: '标题', text: content.title },
    { field: 'content.document', called: '正文', text: body },
    { field: 'content.document', called: '图片说明', text: join(shown.map(({ alt }) => alt)) },
    { field: 'content.document', called: '链接地址', text: join(links.map(({ href }) => href)) },
    { field: 'content.document', called: '链接说明', text: join(listTitles(content.document.content)) },
    {
      field: 'content.declarations',
      called: '声明',
      text: join([
        declarations.ai.labelled,
        declarations.personalData.basis,
        declarations.secrecy.opinion,
        source.from,
        source.url,
      ]),
    },
    {
      field: 'content.images',
      called: '图片信息',
      text: join(images.flatMap(({ name, source: from, mapNumber }) => [name, from, mapNumber])),
    },
    { field: 'content.attachments', called: '附件名称', text: join(attachments.map(({ name }) => name)) },
  ];
}

function assertKnownChannels({ channels }: DraftContent, settings: Settings): void {
  const known = new Set(settings.channels.map(({ id }) => id));
  const unknown = channels.find((id) => !known.has(id));
  if (unknown !== undefined)
    throw new InvalidInput('content.channels', `没有渠道“${unknown}”。`, '请重新选择。');
  if (new Set(channels).size !== channels.length)
    throw new InvalidInput('content.channels', '同一个渠道只能选一次。');
}

function assertPictures({ document, images }: DraftContent): void {
  const known = new Set(images.map(({ hash }) => hash));
  if (known.size !== images.length) throw new InvalidInput('content.images', '同一张图片登记了两次。');
  if (listHashes(document.content).some((hash) => !known.has(hash)))
    throw new InvalidInput('content.images', '正文里有一张图片没有登记，请重新插入这张图片。');
}

/** What a version did not name yet has to be there, as large as it says. */
async function assertFiles(
  content: DraftContent,
  before: DraftContent | null,
  { blobs }: ContentPorts,
): Promise<void> {
  const known = new Set(before === null ? [] : filesOf(before));
  const files = [
    ...content.images.map((file) => ({ ...file, field: 'content.images' })),
    ...content.attachments.map((file) => ({ ...file, field: 'content.attachments' })),
  ];
  for (const { hash, name, bytes, field } of files) {
    if (known.has(hash)) continue;
    const found = await blobs.find('publication', hash);
    if (found === null || found.length !== bytes)
      throw new InvalidInput(field, `文件“${name}”还没有上传，请重新上传。`);
  }
}

/**
 * Asked before anything is stored. A text with a secrecy mark leaves nothing behind, neither here nor in a log.
 * @param before the version that it follows: its files are there
 * @throws InvalidInput naming the part
 */
export async function assertDraftContent(
  content: DraftContent,
  before: DraftContent | null,
  ports: ContentPorts,
): Promise<void> {
  const settings = await ports.stores.settings.read();
  const flat = flattenDocument(content.document);
  const restrictedSeries = settings.governance?.restrictedSeries ?? [];
  assertNoSecrecyMark(textsOf(content, flat), { restrictedSeries });
  assertLength(flat.text);
  assertPictures(content);
  assertKnownChannels(content, settings);
  const { publicity } = content.declarations;
  if (publicity !== null && publicity.until < publicity.from)
    throw new InvalidInput('content.declarations.publicity', '公示的结束日期早于开始日期。');
  await assertFiles(content, before, ports);
}
