import { createHash } from 'node:crypto';
import type { Remark } from './content/stories/story.ts';
import {
  jsonAnswer,
  openPlatformServer,
  type PlatformAnswer,
  type PlatformRequest,
  pageAnswer,
} from './platform-server.ts';
import type { CampusRequest } from './site-server.ts';
import type { Timeline } from './timeline.ts';
import { buildExpectedStatuses, type ExpectedStatus } from './weibo-expected.ts';
import { WeiboMobile } from './weibo-mobile.ts';
import { WeiboPlatform, weiboApp } from './weibo-platform.ts';
import { WeiboSchool } from './weibo-school.ts';
import { ownWeibo, type WeiboEra, weiboIdentityValues } from './weibo-users.ts';

/** How the mobile site turns a visitor away. */
export type WeiboRefusal =
  | 'ok-100'
  | '432'
  | '418'
  | '403'
  | '429'
  | 'passport'
  | 'html'
  | 'empty'
  | 'hung'
  | 'server-error';

export const weiboOrigins = { mobile: 'https://m.weibo.cn', platform: 'https://api.weibo.com' } as const;

const passportUrl = `https://passport.weibo.com/visitor/visitor?entry=miniblog&a=enter&url=${encodeURIComponent(weiboOrigins.mobile)}`;
const loginPage =
  '<!DOCTYPE html><html><head><meta charset="utf-8"><title>Sina Visitor System</title></head><body><span id="message"></span><script>var url="https://passport.weibo.com/visitor/genvisitor2";</script></body></html>';

function refusalAnswer(refusal: WeiboRefusal): PlatformAnswer | 'hung' {
  switch (refusal) {
    case 'ok-100':
      return jsonAnswer({
        ok: -100,
        url: `https://passport.weibo.com/sso/signin?entry=wapsso&r=${encodeURIComponent(weiboOrigins.mobile)}`,
      });
    case '432':
      return pageAnswer('', 432);
    case '418':
      return pageAnswer("<html><body><h1>I'm a teapot</h1></body></html>", 418);
    case '403':
      return pageAnswer(
        '<html><head><title>403 Forbidden</title></head><body>403 Forbidden</body></html>',
        403,
      );
    case '429':
      return { status: 429, headers: { 'Retry-After': '120' }, body: '' };
    case 'passport':
      return { status: 302, headers: { Location: passportUrl }, body: '' };
    case 'html':
      return pageAnswer(loginPage);
    case 'empty':
      return { status: 200, headers: { 'Content-Type': 'application/json; charset=utf-8' }, body: '' };
    case 'hung':
      return 'hung';
    case 'server-error':
      return pageAnswer('<html><body><center><h1>502 Bad Gateway</h1></center></body></html>', 502);
  }
}

/** What the keepers of the account, its readers and the platform do. Each throws for a key that is not there now. */
interface WeiboControl {
  postStatus(key: string, text: string): void;
  editStatus(key: string, text: string): void;
  deleteStatus(key: string): void;
  /** Returns the key of what was said. */
  comment(under: string, remark: Omit<Remark, 'when'>): string;
  answerOfficially(remark: string, text: string): string;
  deleteComment(key: string): void;
  /** So many comments within the last hour, the last of them now; returns their keys. */
  storm(under: string, count: number): string[];
  /** The login of the mobile site is good no more. */
  expireCookie(): void;
  /** Somebody logs in again; returns the new cookie. */
  renewCookie(): string;
  expireToken(): void;
  renewToken(): string;
  /** From now on the mobile site turns everybody away like this; null lets them in again. */
  refuse(refusal: WeiboRefusal | null, path?: string): void;
  limitCallsPerDay(calls: number): void;
  /** The Open Platform shows the newest few statuses only. */
  restrictTimeline(newest: number | null): void;
  answerErrorCodesAs(form: 'number' | 'string'): void;
  /** The form of the mobile site's answers. */
  useEra(era: WeiboEra): void;
}

export interface CampusWeibo {
  /** Without a slash at the end: stands for both official origins. */
  url: string;
  uid: string;
  app: typeof weiboApp;
  /** As a person would store them, as they are good now. */
  credentials(): { cookie: string; accessToken: string; tokenExpiresAt: Date };
  callsToday(): number;
  control: WeiboControl;
  expected: { readonly statuses: readonly ExpectedStatus[]; readonly neverStored: readonly string[] };
  close(): Promise<void>;
}

const stormTexts = [
  '什么时候能给个准话',
  '同问，等一个回复',
  '我们楼也是，已经第三天了',
  '能不能先把通知发到班群里',
  '顶上去，让更多人看到',
  '理解老师们辛苦，但真的很影响休息',
] as const;

class WeiboServer {
  readonly school: WeiboSchool;
  readonly mobile: WeiboMobile;
  readonly platform: WeiboPlatform;
  private logins = 0;
  private cookieGood = true;
  private refusal: { kind: WeiboRefusal; path: string | undefined } | null = null;

  constructor(timeline: Timeline) {
    this.school = new WeiboSchool(timeline);
    this.mobile = new WeiboMobile(this.school);
    this.platform = new WeiboPlatform(this.school);
    this.renewCookie();
  }

  get cookie(): string {
    const seal = createHash('sha256').update(`login ${this.logins}`).digest('hex');
    return `SUB=_2A25canarycookie${seal.slice(0, 24)}; SUBP=0033canarysubp${seal.slice(24, 40)}; SCF=${seal.slice(40)}`;
  }

  answer(request: PlatformRequest): PlatformAnswer | 'hung' {
    if (/^\/(2|oauth2)\//.test(request.path)) return this.platform.answer(request);
    const refusal = this.refusal;
    if (refusal !== null && (refusal.path === undefined || request.path === refusal.path)) {
      return refusalAnswer(refusal.kind);
    }
    const wanted = this.cookie.split('; ')[0] ?? '';
    const sent = (request.headers.cookie ?? '').split(/; */);
    if (!this.cookieGood || !sent.includes(wanted)) return refusalAnswer('ok-100');
    return this.mobile.answer(request);
  }

  renewCookie(): string {
    this.logins += 1;
    this.cookieGood = true;
    return this.cookie;
  }

  buildControl(): WeiboControl {
    const { timeline } = this.school;
    const nowHours = () => (timeline.instantOf(0).getTime() - timeline.now().getTime()) / 3_600_000;
    return {
      postStatus: (key, text) => timeline.addStatus({ key, when: nowHours(), text }),
      editStatus: (key, text) => timeline.editStatus(key, text),
      deleteStatus: (key) => timeline.removeStatus(key),
      comment: (under, remark) => timeline.addRemark(under, { ...remark, when: nowHours() }),
      answerOfficially: (remark, text) =>
        timeline.addRemark(
          remark.slice(0, remark.lastIndexOf('/')),
          { text, when: nowHours(), official: true },
          remark,
        ),
      deleteComment: (key) => timeline.removeRemark(key),
      storm: (under, count) =>
        Array.from({ length: count }, (_, index) => {
          const text = `${stormTexts[index % stormTexts.length]}${'！'.repeat(Math.floor(index / 6) % 4)}`;
          return timeline.addRemark(under, { text, when: nowHours() + (count - 1 - index) / count });
        }),
      expireCookie: () => {
        this.cookieGood = false;
      },
      renewCookie: () => this.renewCookie(),
      expireToken: () => this.platform.expireToken(),
      renewToken: () => this.platform.grantToken().value,
      refuse: (kind, path) => {
        this.refusal = kind === null ? null : { kind, path };
      },
      limitCallsPerDay: (calls) => {
        this.platform.callsPerDay = calls;
      },
      restrictTimeline: (newest) => {
        this.platform.newestOnly = newest;
      },
      answerErrorCodesAs: (form) => {
        this.platform.errorCodeAs = form;
      },
      useEra: (era) => {
        this.mobile.era = era;
      },
    };
  }
}

/** Opens what stands for api.weibo.com and m.weibo.cn; their paths do not meet, so one address serves both. */
export async function openCampusWeibo(
  timeline: Timeline,
  wiring: { port: number; record: (request: CampusRequest) => void },
): Promise<CampusWeibo> {
  const weibo = new WeiboServer(timeline);
  const answer = (request: PlatformRequest) => weibo.answer(request);
  const { url, close } = await openPlatformServer('weibo', wiring.port, { answer, record: wiring.record });
  return {
    url,
    close,
    uid: ownWeibo.uid,
    app: weiboApp,
    credentials: () => ({
      cookie: weibo.cookie,
      accessToken: weibo.platform.accessToken,
      tokenExpiresAt: weibo.platform.expiresAt,
    }),
    callsToday: () => weibo.platform.callsToday,
    control: weibo.buildControl(),
    expected: {
      get statuses() {
        return buildExpectedStatuses(weibo.school);
      },
      neverStored: weiboIdentityValues(),
    },
  };
}
