import { afterEach, expect, it, vi } from 'vitest';
import { buildDocx } from '../../test/builders/office-files.ts';
import { buildPng } from '../../test/builders/pictures.ts';
import { DraftImage } from '../domain/draft-content.ts';
import { extractText } from '../extract/extract-text.ts';
import type { FileReader } from '../extract/file-reader.ts';
import type { PictureRead } from '../extract/read-picture.ts';
import { openDraftFiles } from './read-draft-files.ts';

const [picture, document] = ['a'.repeat(64), 'b'.repeat(64)];
const bytes = new Map([
  [picture, buildPng({ width: 300, height: 200 })],
  [document, buildDocx('<w:p><w:r><w:t>附件正文</w:t></w:r></w:p>')],
]);
const image = DraftImage.parse({ hash: picture, name: '图.png', mime: 'image/png', bytes: 1 });
const content = { images: [image], attachments: [{ hash: document, name: '通知.pdf', bytes: 1 }] };

afterEach(() => vi.restoreAllMocks());

/** Counts what it is asked; the text of a picture takes it too long. */
function openScene(pictureText: boolean) {
  const asked: string[] = [];
  const seen: PictureRead = {
    size: { width: 300, height: 200 },
    facts: [],
    codes: ['码'],
    text: null,
    notes: ['图中文字未检查'],
  };
  const files: Pick<FileReader, 'read' | 'readPicture'> = {
    read: async (given) => {
      asked.push('file');
      return extractText(given);
    },
    readPicture: async (_, { text }) => {
      asked.push(text ? 'picture with text' : 'picture');
      return text ? null : seen;
    },
  };
  const blobs = { find: async (_: string, hash: string) => bytes.get(hash) ?? null };
  return { asked, read: openDraftFiles({ blobs, files, pictureText }) };
}

it('reads each file once, and says what was not read', async () => {
  const { asked, read } = openScene(true);
  const first = await read(content);
  expect(first.images.get(picture)).toEqual({
    codes: ['码'],
    text: null,
    notes: ['图中文字未检查'],
    facts: [],
  });
  expect(first.attachments.get(document)).toMatchObject({
    text: '附件正文',
    facts: [{ kind: 'wrong-extension', detail: 'Word 文档' }],
  });
  expect(await read(content)).toEqual(first);
  expect(asked).toEqual(['picture with text', 'picture', 'file']);
});

it('what was not read may be read another time, but not at once', async () => {
  const { asked, read } = openScene(true);
  const clock = vi.spyOn(performance, 'now').mockReturnValue(1000);
  await read(content);
  await read(content);
  clock.mockReturnValue(1000 + 3_600_000);
  await read(content);
  expect(asked).toEqual(['picture with text', 'picture', 'file', 'picture with text', 'picture']);
});

it('a file that was missing is read when it has come', async () => {
  const { read } = openScene(false);
  const late = 'f'.repeat(64);
  const asked = { images: [], attachments: [{ hash: late, name: '通知.docx', bytes: 1 }] };
  expect((await read(asked)).attachments.get(late)?.unread).toHaveLength(1);
  bytes.set(late, buildDocx('<w:p><w:r><w:t>后来的正文</w:t></w:r></w:p>'));
  expect((await read(asked)).attachments.get(late)).toMatchObject({ text: '后来的正文', unread: [] });
});

it('does not ask for text where that is switched off, nor for what was remembered', async () => {
  const { asked, read } = openScene(false);
  await read({ ...content, attachments: [] });
  expect(asked).toEqual(['picture']);
  const other = 'c'.repeat(64);
  const remembered = { codes: [], text: '横幅', notes: [], facts: [] };
  read.rememberPicture(other, remembered);
  const found = await read({ images: [{ ...image, hash: other }], attachments: [] });
  expect(found.images.get(other)).toEqual(remembered);
});

it('a file that is not there was not read', async () => {
  const { read } = openScene(false);
  const gone = 'e'.repeat(64);
  const found = await read({
    images: [{ ...image, hash: gone }],
    attachments: [{ hash: gone, name: 'x.pdf', bytes: 1 }],
  });
  expect(found.images.get(gone)?.notes).toHaveLength(1);
  expect(found.attachments.get(gone)?.unread).toHaveLength(1);
});
