import { PageTooComplex } from '../site/bounded-html.ts';
import { parseTree } from '../site/tree.ts';
import { splitPage } from './scripts.ts';

/** Where a page says who wrote, rewarded, liked or commented, and the cards of accounts inside a text. */
const persons = [
  'meta[name="author"]',
  'meta[property="og:article:author"]',
  'meta[property="twitter:creator"]',
  '.rich_media_meta_list',
  '#meta_content',
  '#js_author_name',
  '#js_profile_qrcode',
  '#js_pc_qr_code',
  '#js_ip_wording_wrp',
  '#js_cmt_area',
  '#js_cmt_container',
  '.discuss_container',
  '.reward_area',
  '.reward_qrcode_area',
  '.account_info',
  '.original_primary_card',
  'mp-common-profile',
  'mpprofile',
  'mp-common-cpsad',
].join(',');

/** The page without scripts, styles and whatever names a person; the same for the same article, whenever it was asked for. */
export function keepablePage(page: string): string {
  const { html } = splitPage(page);
  try {
    const { $ } = parseTree(html);
    $(persons).remove();
    for (const element of $(
      '[data-nickname], [data-username], [data-headimg], [data-alias], [nonce]',
    ).toArray()) {
      for (const name of ['data-nickname', 'data-username', 'data-headimg', 'data-alias', 'nonce'])
        $(element).removeAttr(name);
    }
    return $.html();
  } catch (error) {
    if (error instanceof PageTooComplex) return `<!doctype html><title>${error.message}</title>`;
    throw error;
  }
}
