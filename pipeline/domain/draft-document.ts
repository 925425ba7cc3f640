import { z } from 'zod';
import { sanitizeStyle } from './layout-style.ts';

/**
 * 稿件正文, canonical: ProseMirror JSON. The names of nodes and marks are those of the editor (tiptap). Whatever is not named here
 * does not exist: no script, no frame, no event handler, no address but http(s), mailto and tel.
 */

/** CSS declarations that a layout may bring along, `property: value; …`: whatever else is sent is left out. */
const Style = z.string().max(1000).nullable().overwrite(sanitizeStyle).default(null);
const Align = z.enum(['left', 'center', 'right', 'justify']).nullable().default(null);

/** SHA-256 of the bytes, hex: the name of a file in the blob store, under `publication`. */
export const FileHash = z.string().regex(/^[0-9a-f]{64}$/);
export type FileHash = z.infer<typeof FileHash>;

export const LinkHref = z
  .string()
  .max(2000)
  .regex(/^(?:https?:\/\/|mailto:|tel:|#)/i, '链接要以 http://、https://、mailto: 或 tel: 开头');

const Mark = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('bold') }),
  z.strictObject({ type: z.literal('italic') }),
  z.strictObject({ type: z.literal('underline') }),
  z.strictObject({ type: z.literal('strike') }),
  z.strictObject({ type: z.literal('superscript') }),
  z.strictObject({ type: z.literal('subscript') }),
  z.strictObject({ type: z.literal('code') }),
  z.strictObject({ type: z.literal('textStyle'), attrs: z.strictObject({ style: Style }) }),
  z.strictObject({
    type: z.literal('link'),
    attrs: z.strictObject({ href: LinkHref, title: z.string().max(300).nullable().default(null) }),
  }),
]);
export type DraftMark = z.infer<typeof Mark>;

/** A picture of the draft, inline (so that it can be linked): the bytes by `hash`; what is known of them (source, licence) lies in `DraftContent.images`. */
const ImageAttrs = z.strictObject({
  hash: FileHash,
  /** Text for whoever does not see it; empty: decoration. Null: nobody has said yet. */
  alt: z.string().max(300).nullable().default(null),
  /** In CSS pixels or per cent, as the layout had it. */
  width: z
    .string()
    .regex(/^\d{1,4}(?:\.\d+)?(?:px|%)$/)
    .nullable()
    .default(null),
  style: Style,
});

const CellAttrs = z.strictObject({
  colspan: z.int().min(1).max(100).default(1),
  rowspan: z.int().min(1).max(500).default(1),
  colwidth: z.array(z.int().min(0).max(5000)).nullable().default(null),
  style: Style,
});

export interface DraftNode {
  type: string;
  attrs?: Record<string, unknown> | undefined;
  content?: DraftNode[] | undefined;
  marks?: DraftMark[] | undefined;
  text?: string | undefined;
}

const nodes = z.lazy(() => z.array(DraftNode));
const block = <T extends string, A extends z.ZodType>(type: T, attrs: A) =>
  z.strictObject({ type: z.literal(type), attrs, content: nodes.optional() });
const noAttrs = z.strictObject({}).optional();

export const DraftNode: z.ZodType<DraftNode> = z.lazy(() =>
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('text'), text: z.string().min(1), marks: z.array(Mark).optional() }),
    z.strictObject({ type: z.literal('hardBreak'), attrs: noAttrs, marks: z.array(Mark).optional() }),
    z.strictObject({ type: z.literal('horizontalRule'), attrs: z.strictObject({ style: Style }).optional() }),
    z.strictObject({ type: z.literal('image'), attrs: ImageAttrs, marks: z.array(Mark).optional() }),
    block('paragraph', z.strictObject({ textAlign: Align, style: Style }).optional()),
    block('heading', z.strictObject({ level: z.int().min(1).max(6), textAlign: Align, style: Style })),
    /** A wrapper of a layout tool (秀米, 135): keeps its looks, says nothing. */
    block('section', z.strictObject({ style: Style }).optional()),
    block('blockquote', z.strictObject({ style: Style }).optional()),
    block('bulletList', z.strictObject({ style: Style }).optional()),
    block('orderedList', z.strictObject({ start: z.int().default(1), style: Style }).optional()),
    block('listItem', noAttrs),
    block('table', z.strictObject({ style: Style }).optional()),
    block('tableRow', noAttrs),
    block('tableHeader', CellAttrs.optional()),
    block('tableCell', CellAttrs.optional()),
  ]),
);

export const DraftDocument = z.strictObject({ type: z.literal('doc'), content: z.array(DraftNode) });
export type DraftDocument = z.infer<typeof DraftDocument>;

export const emptyDocument: DraftDocument = { type: 'doc', content: [{ type: 'paragraph' }] };
