import type { Remark, StoryArticle } from './content/stories/story.ts';
import { identityValues, persons } from './persons.ts';
import {
  jsonAnswer,
  openPlatformServer,
  type PlatformAnswer,
  type PlatformRequest,
  pageAnswer,
} from './platform-server.ts';
import type { CampusRequest } from './site-server.ts';
import type { Timeline } from './timeline.ts';
import type { BoxedDraft } from './wechat-box.ts';
import { buildExpectedPublications, type ExpectedPublication } from './wechat-expected.ts';
import { WechatInterface } from './wechat-interface.ts';
import { renderWechatNotice, type WechatNotice } from './wechat-notices.ts';
import { renderArticlePage } from './wechat-pages.ts';
import { longUrl, ownWechat, type WechatIds, WechatSchool } from './wechat-school.ts';

export const wechatOrigins = { api: 'https://api.weixin.qq.com', pages: 'https://mp.weixin.qq.com' } as const;
/** Where its pictures are. */
export const wechatPictures = 'https://mmbiz.qpic.cn';

const albumPageMax = 20;

/** What the keepers of the account, its readers and the platform do. Each throws for a key that is not there now. */
interface WechatControl {
  publishArticle(article: Omit<StoryArticle, 'when'>): void;
  editArticle(key: string, paragraphs: readonly string[]): void;
  deleteArticle(key: string): void;
  /** Returns the key of what was said. */
  comment(under: string, remark: Omit<Remark, 'when'>): string;
  answerOfficially(remark: string, text: string): string;
  /** From now on the interface answers with this error; null lets it answer again. */
  failWith(code: number | null, path?: string): void;
  /** The access token now in use is good for so many more calls. */
  expireTokenAfter(calls: number): void;
  /** From now on a page shows this instead, `hung` nothing at all; null shows the article again. */
  showInstead(key: string, notice: WechatNotice | 'hung' | null): void;
  /** All pages show this instead. */
  blockPages(notice: WechatNotice | null): void;
}

export interface CampusWechat {
  /** Without a slash at the end: stands for both official origins. */
  url: string;
  biz: string;
  appId: string;
  appSecret: string;
  /** An album of the account, as a person would paste it. */
  albumUrl: string;
  tokensGiven(): number;
  /** What lies in the draft box, newest first. */
  drafts: readonly BoxedDraft[];
  control: WechatControl;
  expected: { readonly articles: readonly ExpectedPublication[]; readonly neverStored: readonly string[] };
  close(): Promise<void>;
}

class WechatServer {
  readonly school: WechatSchool;
  readonly api: WechatInterface;
  private readonly notices = new Map<string, WechatNotice | 'hung'>();
  private everywhere: WechatNotice | null = null;

  constructor(timeline: Timeline) {
    this.school = new WechatSchool(timeline);
    this.api = new WechatInterface(this.school);
  }

  answer(request: PlatformRequest): PlatformAnswer | 'hung' {
    if (request.path.startsWith('/cgi-bin/')) return this.api.answer(request);
    if (request.path.startsWith('/mmbiz_')) return this.api.box.answerPicture(request.path);
    if (request.path === '/mp/appmsgalbum') return this.answerAlbum(request.query);
    if (request.path === '/s' || request.path.startsWith('/s/')) return this.answerPage(request);
    return { status: 404, body: '' };
  }

  private answerPage({ path, query }: PlatformRequest): PlatformAnswer | 'hung' {
    if (this.everywhere !== null) return pageAnswer(renderWechatNotice(this.everywhere));
    if (query.has('signature')) return pageAnswer(renderWechatNotice('link-expired'));
    const wanted = (ids: WechatIds) =>
      path === `/s/${ids.shortId}` || (query.get('mid') === ids.mid && query.get('sn') === ids.sn);
    const article = this.school.find(wanted);
    if (article === null) return pageAnswer(renderWechatNotice('link-expired'));
    if (article === 'gone') return pageAnswer(renderWechatNotice('deleted'));
    const notice = this.notices.get(article.key);
    if (notice === 'hung') return 'hung';
    return pageAnswer(
      notice === undefined ? renderArticlePage(article, this.school.now()) : renderWechatNotice(notice),
    );
  }

  /** Everything that was sent to the followers, newest first. */
  private answerAlbum(query: URLSearchParams): PlatformAnswer {
    if (query.get('album_id') !== ownWechat.albumId || query.get('f') !== 'json') {
      return jsonAnswer({ base_resp: { ret: -1 } });
    }
    const all = this.school.articles().filter(({ source }) => source.massSent === true);
    const after = all.findIndex(({ ids }) => ids.mid === query.get('begin_msgid'));
    const count = Math.min(albumPageMax, Number(query.get('count') ?? '10'));
    const shown = all.slice(after + 1, after + 1 + count);
    const list = shown.map((article, index) => ({
      create_time: String(Math.floor(article.at.getTime() / 1000)),
      is_pay_subscribe: '0',
      itemidx: article.ids.idx,
      msgid: article.ids.mid,
      pos_num: String(all.length - after - 1 - index),
      title: article.source.title,
      url: `${longUrl(article.ids).replace('https', 'http')}#rd`,
    }));
    return jsonAnswer({
      base_resp: { exportkey_token: '', ret: 0 },
      getalbum_resp: {
        // A single one is no list.
        article_list: list.length === 1 ? list[0] : list,
        base_info: { article_count: String(all.length), title: '校园要闻', nickname: ownWechat.name },
        continue_flag: after + 1 + count < all.length ? '1' : '0',
      },
    });
  }

  buildControl(): WechatControl {
    const { timeline } = this.school;
    const nowHours = () => (timeline.instantOf(0).getTime() - timeline.now().getTime()) / 3_600_000;
    const standing = (key: string) => {
      if (this.school.articles().every((article) => article.key !== key)) {
        throw new Error(`no ${key} stands on the campus`);
      }
    };
    return {
      publishArticle: (article) => timeline.addArticle({ ...article, when: nowHours() }),
      editArticle: (key, paragraphs) => timeline.editArticle(key, paragraphs),
      deleteArticle: (key) => timeline.removeArticle(key),
      comment: (under, remark) => timeline.addRemark(under, { ...remark, when: nowHours() }),
      answerOfficially: (remark, text) =>
        timeline.addRemark(
          remark.slice(0, remark.lastIndexOf('/')),
          { text, when: nowHours(), official: true },
          remark,
        ),
      failWith: (code, path) => {
        this.api.failure = code === null ? null : { code, path };
      },
      expireTokenAfter: (calls) => this.api.expireAfter(calls),
      showInstead: (key, notice) => {
        standing(key);
        if (notice === null) this.notices.delete(key);
        else this.notices.set(key, notice);
      },
      blockPages: (notice) => {
        this.everywhere = notice;
      },
    };
  }
}

/** Opens what stands for api.weixin.qq.com and mp.weixin.qq.com; their paths do not meet, so one address serves both. */
export async function openCampusWechat(
  timeline: Timeline,
  wiring: { port: number; record: (request: CampusRequest) => void },
): Promise<CampusWechat> {
  const wechat = new WechatServer(timeline);
  const answer = (request: PlatformRequest) => wechat.answer(request);
  const { url, close } = await openPlatformServer('wechat', wiring.port, { answer, record: wiring.record });
  const { biz, appId, appSecret, albumId } = ownWechat;
  return {
    url,
    close,
    biz,
    appId,
    appSecret,
    albumUrl: `${wechatOrigins.pages}/mp/appmsgalbum?__biz=${biz}&action=getalbum&album_id=${albumId}#wechat_redirect`,
    tokensGiven: () => wechat.api.tokensGiven,
    drafts: wechat.api.box.drafts,
    control: wechat.buildControl(),
    expected: {
      get articles() {
        return buildExpectedPublications(wechat.school);
      },
      neverStored: persons.flatMap(identityValues),
    },
  };
}
