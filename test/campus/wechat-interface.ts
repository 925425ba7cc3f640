import { createHash } from 'node:crypto';
import { personAt } from './persons.ts';
import { jsonAnswer, type PlatformAnswer, type PlatformRequest } from './platform-server.ts';
import { plainText, readTokens } from './spoken-text.ts';
import { boxPictures, WechatBox } from './wechat-box.ts';
import { renderBody } from './wechat-pages.ts';
import { longUrl, ownWechat, type WechatArticle, type WechatSchool } from './wechat-school.ts';

const tokenSeconds = 7200;
/** Both tokens are good for so long after one was renewed. */
const overlapMs = 5 * 60_000;

const words: Record<number, string> = {
  [-1]: 'system error',
  40001: 'invalid credential, access_token is invalid or not latest',
  40007: 'invalid media_id',
  40013: 'invalid appid',
  40014: 'invalid access_token',
  40097: 'invalid args',
  40125: 'invalid appsecret',
  40164: 'invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist',
  40243: 'appsecret is frozen',
  42001: 'access_token expired',
  45009: 'reach max api daily quota limit',
  45011: 'api minute-quota reach limit, must slower, retry next minute',
  48001: 'api unauthorized',
  53600: 'Article ID is invalid',
  88000: 'without comment privilege',
  88001: 'msg_data is not exists',
  88010: 'count range error. cout <= 0 or count > 50',
};

type Fields = Record<string, unknown>;

function readFields(body: string): Fields {
  try {
    const value: unknown = JSON.parse(body);
    return value !== null && typeof value === 'object' ? { ...value } : {};
  } catch {
    return {};
  }
}

const numberIn = (fields: Fields, name: string): number | null =>
  typeof fields[name] === 'number' ? fields[name] : null;

const plain = (text: string) => plainText(readTokens(text));

/** api.weixin.qq.com as a verified official account meets it. Every answer has status 200. */
export class WechatInterface {
  /** What is answered instead, whatever is asked: the code of an error, and the path it is for. */
  failure: { code: number; path: string | undefined } | null = null;
  tokensGiven = 0;
  readonly box = new WechatBox(boxPictures);
  private readonly school: WechatSchool;
  private token = { value: '', expiresAt: 0, replacedAt: 0, former: '' };
  private callsLeft: number | null = null;

  constructor(school: WechatSchool) {
    this.school = school;
  }

  /** The token now in use is good for so many more calls. */
  expireAfter(calls: number): void {
    this.callsLeft = calls;
  }

  answer(request: PlatformRequest): PlatformAnswer {
    const { failure } = this;
    if (failure !== null && (failure.path === undefined || failure.path === request.path)) {
      return this.error(failure.code);
    }
    const fields = readFields(request.body);
    if (request.path === '/cgi-bin/stable_token') return this.answerToken(fields);
    const refused = this.judgeToken(request.query.get('access_token') ?? '');
    if (refused !== null) return this.error(refused);
    switch (request.path) {
      case '/cgi-bin/freepublish/batchget':
        return this.answerList(fields);
      case '/cgi-bin/freepublish/getarticle':
        return this.answerArticle(fields);
      case '/cgi-bin/comment/list':
        return this.answerComments(fields);
      default:
        return this.answerBox(request, fields);
    }
  }

  private answerBox(request: PlatformRequest, fields: Fields): PlatformAnswer {
    const answer = this.box.answer(request, fields, this.school.now().getTime());
    return answer === null ? this.error(48_001) : typeof answer === 'number' ? this.error(answer) : answer;
  }

  private error(code: number): PlatformAnswer {
    const rid = createHash('sha256').update(String(code)).digest('hex');
    const errmsg = `${words[code] ?? 'error'} rid: ${rid.slice(0, 8)}-${rid.slice(8, 16)}-${rid.slice(16, 24)}`;
    return jsonAnswer({ errcode: code, errmsg });
  }

  private answerToken(fields: Fields): PlatformAnswer {
    if (fields.appid !== ownWechat.appId) return this.error(40_013);
    if (fields.secret !== ownWechat.appSecret) return this.error(40_125);
    const now = this.school.now().getTime();
    if (this.token.expiresAt <= now + overlapMs || this.callsLeft === 0 || fields.force_refresh === true) {
      this.tokensGiven += 1;
      const seal = createHash('sha512').update(`token ${this.tokensGiven}`).digest('hex');
      const former = this.callsLeft === 0 ? '' : this.token.value;
      this.token = {
        value: `87_canarywechattoken${seal}`,
        expiresAt: now + tokenSeconds * 1000,
        replacedAt: now,
        former,
      };
      this.callsLeft = null;
    }
    const left = Math.floor((this.token.expiresAt - now) / 1000);
    return jsonAnswer({ access_token: this.token.value, expires_in: left });
  }

  private judgeToken(sent: string): number | null {
    const now = this.school.now().getTime();
    const { value, expiresAt, replacedAt, former } = this.token;
    if (sent !== '' && sent === former && now < replacedAt + overlapMs) return null;
    if (sent === '' || sent !== value) return 40_001;
    if (expiresAt <= now || this.callsLeft === 0) return 42_001;
    if (this.callsLeft !== null) this.callsLeft -= 1;
    return null;
  }

  /** Published with the interface, or as 发布 by hand; what was sent to all followers stands in no list. */
  private published(): WechatArticle[] {
    const listed = this.school.articles().filter(({ source }) => source.massSent !== true);
    // By the last change, so that an old one that was edited stands before newer ones.
    return listed.sort((a, b) => (b.editedAt ?? b.at).getTime() - (a.editedAt ?? a.at).getTime());
  }

  private newsItem(article: WechatArticle, withContent: boolean) {
    const { source, ids } = article;
    const isPictures = source.form === 'image';
    const isPlain = isPictures || source.form === 'text';
    const content = isPlain ? article.paragraphs.map(plain).join('\n') : renderBody(article);
    return {
      article_type: isPictures ? 'newspic' : 'news',
      title: source.title,
      author: article.author,
      digest: source.digest ?? '',
      content: withContent ? content : '',
      content_source_url: '',
      thumb_media_id: `TAWcanglan${ids.sn.slice(0, 12)}`,
      show_cover_pic: 0,
      need_open_comment: source.closed ? 0 : 1,
      only_fans_can_comment: 0,
      thumb_url: `http://mmbiz.qpic.cn/mmbiz_jpg/${ids.sn.slice(0, 8)}/0?wx_fmt=jpeg`,
      url: `${longUrl(ids).replace('https', 'http')}&chksm=${ids.sn.slice(0, 16)}#rd`,
      is_deleted: false,
    };
  }

  private answerList(fields: Fields): PlatformAnswer {
    const offset = numberIn(fields, 'offset');
    const count = numberIn(fields, 'count');
    if (offset === null || count === null || offset < 0 || count < 1 || count > 20) return this.error(40_097);
    const withContent = fields.no_content !== 1;
    const all = [
      ...this.published().map((article) => this.listed(article, withContent)),
      ...this.goneItems(),
    ];
    const item = all.slice(offset, offset + count);
    return jsonAnswer({ total_count: all.length, item_count: item.length, item });
  }

  private listed(article: WechatArticle, withContent: boolean) {
    const create_time = Math.floor(article.at.getTime() / 1000);
    const update_time = Math.floor((article.editedAt ?? article.at).getTime() / 1000);
    return {
      article_id: article.ids.articleId,
      content: { news_item: [this.newsItem(article, withContent)], create_time, update_time },
      update_time,
    };
  }

  /** What was taken down stays in the list, without its text. */
  private goneItems() {
    const listed = this.school.gone().filter(({ source }) => source.massSent !== true);
    return listed.map(({ source, at, ids }) => {
      const update_time = Math.floor(at.getTime() / 1000);
      const url = longUrl(ids).replace('https', 'http');
      const item = { title: source.title, author: '', digest: '', content: '', url, is_deleted: true };
      return {
        article_id: ids.articleId,
        content: { news_item: [item], create_time: update_time, update_time },
        update_time,
      };
    });
  }

  private answerArticle(fields: Fields): PlatformAnswer {
    const found = this.published().find(({ ids }) => ids.articleId === fields.article_id);
    return found === undefined ? this.error(53_600) : jsonAnswer({ news_item: [this.newsItem(found, true)] });
  }

  private answerComments(fields: Fields): PlatformAnswer {
    const count = numberIn(fields, 'count') ?? 0;
    if (count < 1 || count >= 50) return this.error(88_010);
    const article = this.school.find(({ mid }) => mid === String(fields.msg_data_id));
    if (article === null || article === 'gone' || Number(fields.index ?? 0) !== 0) return this.error(88_001);
    if (article.source.closed) return this.error(88_000);
    const all = this.school.timeline.listRemarks(article.key);
    const roots = all.filter(({ replyTo }) => replyTo === null).reverse();
    const begin = numberIn(fields, 'begin') ?? 0;
    const comment = roots.slice(begin, begin + count).map((remark) => {
      const reply = all.find(({ replyTo, official }) => official && replyTo === remark.key);
      return {
        user_comment_id: Number(remark.key.split('/')[1]),
        openid: personAt(remark.person).openId,
        create_time: Math.floor(remark.at.getTime() / 1000),
        content: plain(remark.text),
        comment_type: remark.likes > 15 ? 1 : 0,
        ...(reply === undefined
          ? {}
          : { reply: { content: plain(reply.text), create_time: Math.floor(reply.at.getTime() / 1000) } }),
      };
    });
    return jsonAnswer({ errcode: 0, errmsg: 'ok', total: roots.length, comment });
  }
}
