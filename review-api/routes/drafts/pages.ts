import type { DraftContent } from '../../../pipeline/domain/draft-content.ts';
import { NotFound } from '../../../pipeline/domain/errors.ts';
import { escapeHtml } from '../../../pipeline/domain/escape-html.ts';
import { renderDocument } from '../../../pipeline/domain/render-document.ts';
import type { Call, Handler } from '../../http/call.ts';
import { readOwn } from './sight.ts';

/** Below the path that browsers find us at. */
export function fileAddress({ deps }: Pick<Call, 'deps'>, folder: 'drafts' | 'draft-links', id: string) {
  const place = `${deps.http.basePath}/api/${folder}/${encodeURIComponent(id)}/files`;
  return (hash: string) => `${place}/${hash}`;
}

export const renderDraft: Handler<'renderDraft'> = async (call) => {
  const { id } = await readOwn(call);
  const { document } = call.body.content;
  return { html: renderDocument(document, { imageUrl: fileAddress(call, 'drafts', id), layout: 'kept' }) };
};

const pageLooks =
  'body{max-width:42rem;margin:0 auto;padding:1rem;font:16px/1.8 system-ui,sans-serif;overflow-wrap:anywhere}img{max-width:100%;height:auto}table{border-collapse:collapse}td,th{border:1px solid #999;padding:.2rem .4rem}';

function wholePage({ title }: DraftContent, html: string): string {
  const name = escapeHtml(title);
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${name}</title><style>${pageLooks}</style></head><body><h1>${name}</h1>${html}</body></html>`;
}

export const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'utf8'));

/** The name of a file that lies beside the page: never an address elsewhere, whatever somebody called it. */
const besidePage = (name: string) => name.replace(/[\\/:?#\s]/g, '_');

/** A page is looked at in a frame of ours; a fragment is carried into a CMS, its pictures by their names. */
export const readDraftHtml: Handler<'readDraftHtml'> = async (call) => {
  const draft = await readOwn(call);
  const { version: wanted = draft.contentVersion, as } = call.query;
  const found = await call.deps.stores.drafts.findVersion(draft.id, wanted);
  if (found === null) throw new NotFound('没有这个版本。');
  const { content } = found;
  const address = fileAddress(call, 'drafts', draft.id);
  const names = new Map(content.images.map(({ hash, name }) => [hash, besidePage(name)]));
  const imageUrl = (hash: string) => (as === 'page' ? address(hash) : (names.get(hash) ?? hash));
  const html = renderDocument(content.document, { imageUrl, layout: as === 'page' ? 'kept' : 'plain' });
  return {
    bytes: bytesOf(as === 'page' ? wholePage(content, html) : html),
    ...{
      mime: 'text/html',
      name: `${content.title || draft.id}.html`,
      as: as === 'page' ? 'shown' : 'saved',
    },
  };
};
