import type { CheckInput, CheckPlace } from '../domain/check.ts';

/** Everything of a draft that a reader may read, files and pictures included. */
export interface ReadableText extends Pick<CheckPlace, 'part' | 'ref'> {
  text: string;
}

/** Names of files, alt texts, addresses and what is in a QR code are text too. */
export function textPartsOf({ title, body, links, attachments, images }: CheckInput): ReadableText[] {
  const parts: ReadableText[] = [
    { part: 'title', ref: null, text: title },
    { part: 'body', ref: null, text: body },
    { part: 'form', ref: 'links', text: links.map(({ href }) => href).join('\n') },
    ...attachments.flatMap(({ file, text }): ReadableText[] => [
      { part: 'attachment', ref: file.hash, text },
      { part: 'form', ref: `attachments.${file.hash}.name`, text: file.name },
    ]),
    ...images.flatMap(({ image, alt, text, codes }): ReadableText[] => [
      { part: 'image', ref: image.hash, text: text ?? '' },
      { part: 'form', ref: `images.${image.hash}.name`, text: image.name },
      { part: 'form', ref: `images.${image.hash}.alt`, text: alt ?? '' },
      { part: 'form', ref: `images.${image.hash}.codes`, text: codes.join('\n') },
    ]),
  ];
  return parts.filter(({ text }) => text.trim() !== '');
}
