import { createHash } from 'node:crypto';
import { onePixelPng } from './file-bytes.ts';
import { personAt } from './persons.ts';
import type { PlatformAnswer, PlatformRequest } from './platform-server.ts';
import { jsonAnswer } from './platform-server.ts';

type Fields = Record<string, unknown>;

/** A draft as it lies in the box, with the fields that the platform keeps. */
export interface BoxedDraft {
  mediaId: string;
  articles: Fields[];
}

const picturePath = '/mmbiz_png/canglan';

/** Written in a layout tool: a title in a frame, a picture that loads late, a video. */
const layout = (
  picture: string,
) => `<section data-tools="135编辑器" style="padding: 10px; position: relative;">
<section style="text-align: center;"><section style="display: inline-block; border-bottom: 2px solid #c0392b;"><p><strong>寒假服务</strong></p></section></section>
<p style="text-indent: 2em;">食堂、浴室和图书馆<span style="color: rgb(192, 57, 43);">寒假开放时间</span>待各单位确认。</p>
<p><img class="rich_pages" data-src="${picture}" data-ratio="1" alt="食堂"></p>
<iframe class="video_iframe" data-src="https://v.qq.com/txp/iframe/player.html?vid=x"></iframe></section>`;

/** The file of a form with one file in it; null where the form is none. */
function readForm({ headers, raw }: PlatformRequest): { type: string; bytes: Buffer } | null {
  const boundary = /boundary=(\S+)/.exec(headers['content-type'] ?? '')?.[1];
  const head = raw.indexOf('\r\n\r\n');
  if (boundary === undefined || head < 0) return null;
  const named = raw.subarray(0, head).toString('utf8');
  const end = raw.indexOf(`\r\n--${boundary}--`, head);
  const type = /Content-Type: (\S+)/i.exec(named)?.[1];
  if (end < 0 || type === undefined || !/name="media"; filename="[^"]+"/.test(named)) return null;
  return { type, bytes: raw.subarray(head + 4, end) };
}

/** The draft box of the account, and the pictures that were uploaded for it. */
export class WechatBox {
  readonly drafts: BoxedDraft[];
  readonly #uploads = new Map<string, Buffer>();

  constructor(pictureUrl: string) {
    const article = {
      ...{ title: '寒假留校学生服务指南（草稿）', author: personAt(3).name, digest: '', thumb_media_id: '' },
      ...{ content: layout(`${pictureUrl}/first/640?wx_fmt=png`), content_source_url: '' },
      ...{ need_open_comment: 1, only_fans_can_comment: 0 },
      url: 'http://mp.weixin.qq.com/s?tempkey=canglan#rd',
    };
    this.drafts = [{ mediaId: 'CGLdraft0001', articles: [article] }];
    this.#uploads.set('first', onePixelPng);
  }

  /** Null for a path that is not the box's; a number is the code of an error. */
  answer(request: PlatformRequest, fields: Fields, now: number): PlatformAnswer | number | null {
    switch (request.path) {
      case '/cgi-bin/draft/batchget':
        return this.#list(fields, now);
      case '/cgi-bin/draft/get': {
        const found = this.drafts.find(({ mediaId }) => mediaId === fields.media_id);
        return found === undefined ? 40_007 : jsonAnswer({ news_item: found.articles });
      }
      case '/cgi-bin/draft/add':
        return this.#add(fields, request.raw);
      case '/cgi-bin/media/uploadimg':
        return this.#upload(request, { types: ['image/jpeg', 'image/png'], most: 1_048_576 });
      case '/cgi-bin/material/add_material':
        if (request.query.get('type') !== 'image') return 40_004;
        return this.#upload(request, {
          types: ['image/jpeg', 'image/png', 'image/gif', 'image/bmp'],
          most: 10_485_760,
        });
      default:
        return null;
    }
  }

  /** mmbiz.qpic.cn. */
  answerPicture(path: string): PlatformAnswer {
    const id = path.startsWith(`${picturePath}/`) ? (path.split('/')[3] ?? '') : '';
    const bytes = this.#uploads.get(id);
    if (bytes === undefined) return { status: 404, body: '' };
    return { status: 200, headers: { 'Content-Type': 'image/png' }, body: bytes };
  }

  #list(fields: Fields, now: number): PlatformAnswer | number {
    const { offset, count } = fields;
    if (typeof offset !== 'number' || typeof count !== 'number' || count < 1 || count > 20) return 40_097;
    const item = this.drafts.slice(offset, offset + count).map(({ mediaId, articles }) => ({
      media_id: mediaId,
      content: {
        news_item: fields.no_content === 1 ? articles.map((one) => ({ ...one, content: '' })) : articles,
      },
      update_time: Math.floor(now / 1000) - 7200,
    }));
    return jsonAnswer({ total_count: this.drafts.length, item_count: item.length, item });
  }

  #add(fields: Fields, raw: Buffer): PlatformAnswer | number {
    const articles: Fields[] = Array.isArray(fields.articles) ? fields.articles : [];
    const [first] = articles;
    if (first === undefined || typeof first.title !== 'string' || typeof first.content !== 'string')
      return 47_001;
    if (!String(first.thumb_media_id).startsWith('TMB')) return 40_007;
    if (first.title.length > 64) return 45_003;
    if (first.content.length >= 20_000) return 45_002;
    // It would show the six signs that stand for one.
    if (raw.includes('\\u')) return 45_166;
    const mediaId = `CGLdraft${String(this.drafts.length + 1).padStart(4, '0')}`;
    this.drafts.unshift({ mediaId, articles });
    return jsonAnswer({ media_id: mediaId });
  }

  #upload(request: PlatformRequest, takes: { types: string[]; most: number }): PlatformAnswer | number {
    const file = readForm(request);
    if (file === null) return 41_005;
    if (!takes.types.includes(file.type)) return 40_005;
    if (file.bytes.length > takes.most) return 45_001;
    const id = createHash('sha256').update(file.bytes).digest('hex').slice(0, 40);
    this.#uploads.set(id, file.bytes);
    const url = `https://mmbiz.qpic.cn${picturePath}/${id}/0`;
    return jsonAnswer(request.path.endsWith('uploadimg') ? { url } : { media_id: `TMB${id}`, url });
  }
}

export const boxPictures = `https://mmbiz.qpic.cn${picturePath}`;
