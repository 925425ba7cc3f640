import { ref, type ShallowRef, shallowRef } from 'vue';
import type { DraftContent, DraftImage } from '../../../review-api/contract/draft-text.ts';
import { describeFailure } from '../api/api-error.ts';
import { t } from '../i18n/t.ts';
import type { DraftApi } from '../lib/draft-api.ts';
import type { TextEditor } from './use-text-editor.ts';

/** All of a draft but its text. */
export type DraftMeta = Omit<DraftContent, 'document'>;

export interface FilesOptions {
  api: DraftApi;
  id: string;
  text: TextEditor;
  meta: ShallowRef<DraftMeta>;
  setMeta: (patch: Partial<DraftMeta>) => void;
}

/** What is brought into a draft: pictures, attachments, and texts with their layout. */
export function useDraftFiles({ api, id, text, meta, setMeta }: FilesOptions) {
  /** What came of the last thing pasted or uploaded. */
  const told = shallowRef<{ tone: 'done' | 'problem'; text: string } | null>(null);
  const reading = ref(0);

  /** One thing sent to be read; what went wrong is told, and whatever was there stays. */
  async function tell(begin: string, act: () => Promise<readonly string[]>) {
    reading.value += 1;
    try {
      const notes = await act();
      told.value = notes.length === 0 ? null : { tone: 'done', text: notes.join(' ') };
    } catch (thrown) {
      told.value = { tone: 'problem', text: `${begin}${describeFailure(thrown)}` };
    } finally {
      reading.value -= 1;
    }
  }

  function know(images: readonly DraftImage[]) {
    const known = new Set(meta.value.images.map(({ hash }) => hash));
    const news = images.filter(({ hash }) => !known.has(hash));
    if (news.length > 0) setMeta({ images: [...meta.value.images, ...news] });
  }

  async function put(sent: { from: 'html' | 'word'; name: string; file: Blob }): Promise<readonly string[]> {
    const place = text.holdPlace();
    try {
      const { title, document, images, attachments, notes } = await api.importText(id, sent);
      know(images);
      if (attachments.length > 0) setMeta({ attachments: [...meta.value.attachments, ...attachments] });
      if (title !== null && meta.value.title.trim() === '') setMeta({ title: title.slice(0, 200) });
      place?.restore();
      text.insertDocument(document);
      return notes;
    } finally {
      place?.release();
    }
  }

  const pasteHtml = (pasted: { html: string; text: string }) =>
    tell(t('draft-words.layoutNotRead'), async () => {
      const place = text.holdPlace();
      try {
        return await put({ from: 'html', name: '', file: new Blob([pasted.html]) });
      } catch (thrown) {
        place?.restore();
        text.insertText(pasted.text);
        throw thrown;
      } finally {
        place?.release();
      }
    });

  const importWord = (file: File) =>
    tell(t('draft-words.importFailed', { name: file.name }), () =>
      put({ from: 'word', name: file.name, file }),
    );

  /** Uploaded, and waiting for the words that stand for them. */
  const pictures = shallowRef<readonly DraftImage[]>([]);
  async function uploadPictures(files: readonly File[]) {
    for (const file of files) {
      await tell(t('draft-words.imageFailed', { name: file.name }), async () => {
        const { image, notes } = await api.upload(id, { use: 'image', file });
        if (image === null) return notes;
        know([image]);
        pictures.value = [...pictures.value, image];
        return notes;
      });
    }
  }

  async function uploadAttachments(files: readonly File[]) {
    for (const file of files) {
      await tell(t('draft-words.attachmentFailed', { name: file.name }), async () => {
        const { attachment, notes } = await api.upload(id, { use: 'attachment', file });
        if (attachment === null) return notes;
        const others = meta.value.attachments.filter(({ hash }) => hash !== attachment.hash);
        setMeta({ attachments: [...others, attachment] });
        return notes;
      });
    }
  }

  return {
    ...{ told, reading, pasteHtml, importWord, pictures, uploadPictures, uploadAttachments },
    /** @param alt null: put in, and nobody has said yet; undefined: not put in */
    putPicture(alt: string | null | undefined) {
      const [picture, ...rest] = pictures.value;
      pictures.value = rest;
      if (picture !== undefined && alt !== undefined) text.insertPicture(picture.hash, alt);
    },
  };
}
