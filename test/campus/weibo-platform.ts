import { createHash } from 'node:crypto';
import { shanghaiDay } from './calendar.ts';
import { jsonAnswer, type PlatformAnswer, type PlatformRequest } from './platform-server.ts';
import { platformComment, platformStatus } from './weibo-platform-bodies.ts';
import type { WeiboSchool, WeiboStatus } from './weibo-school.ts';
import { ownWeibo } from './weibo-users.ts';

/** The application that the school registered, for the authorisation flow. */
export const weiboApp = {
  appKey: '2849100417',
  appSecret: 'canaryweiboappsecret8c1f0b',
  redirectUri: 'https://oauth.canglan.example/weibo',
} as const;

const tokenSeconds = 30 * 86_400;

/** Below what a double can hold exactly. */
const idMax = Number.MAX_SAFE_INTEGER;

/** api.weibo.com/2 as an ordinary application meets it: the school's own account, a hundred calls a day. */
export class WeiboPlatform {
  callsPerDay = 100;
  /** Ordinary applications may be shown the newest few statuses only. */
  newestOnly: number | null = null;
  /** Some answers give the number of an error as text. */
  errorCodeAs: 'number' | 'string' = 'number';
  private readonly school: WeiboSchool;
  private readonly calls = new Map<number, number>();
  private token: { value: string; expiresAt: number };
  private grants = 0;

  constructor(school: WeiboSchool) {
    this.school = school;
    this.token = this.grantToken();
  }

  get accessToken(): string {
    return this.token.value;
  }

  get expiresAt(): Date {
    return new Date(this.token.expiresAt);
  }

  /** Used up today, in Shanghai. */
  get callsToday(): number {
    return this.calls.get(shanghaiDay(this.school.now())) ?? 0;
  }

  expireToken(): void {
    this.token.expiresAt = this.school.now().getTime();
  }

  /** The school's person logs in again. */
  grantToken(): { value: string; expiresAt: number } {
    this.grants += 1;
    const value = `2.00canaryweibo${createHash('sha256').update(`grant ${this.grants}`).digest('hex').slice(0, 16)}`;
    this.token = { value, expiresAt: this.school.now().getTime() + tokenSeconds * 1000 };
    return this.token;
  }

  answer(request: PlatformRequest): PlatformAnswer {
    if (request.path.startsWith('/oauth2/')) return this.answerGrant(request);
    const refused = this.refuse(request);
    if (refused !== null) return refused;
    const day = shanghaiDay(this.school.now());
    this.calls.set(day, this.callsToday + 1);
    switch (request.path) {
      case '/2/statuses/user_timeline.json':
        return this.answerTimeline(request);
      case '/2/statuses/show.json':
        return this.answerStatus(request);
      case '/2/comments/show.json':
        return this.answerComments(request);
      case '/2/comments/to_me.json':
        return this.answerCommentsToMe(request);
      default:
        return this.error(request, 400, 10_020, 'request api not found!');
    }
  }

  private error(request: PlatformRequest, status: number, code: number, error: string): PlatformAnswer {
    const error_code = this.errorCodeAs === 'string' ? String(code) : code;
    return jsonAnswer({ error, error_code, request: request.path }, status);
  }

  private refuse(request: PlatformRequest): PlatformAnswer | null {
    const header = /^OAuth2 (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    const token = request.query.get('access_token') ?? header ?? null;
    if (token === null) return this.error(request, 400, 10_006, 'source paramter(appkey) is missing');
    if (token !== this.token.value) return this.error(request, 401, 21_332, 'invalid_access_token');
    if (this.token.expiresAt <= this.school.now().getTime()) {
      return this.error(request, 401, 21_327, 'expired_token');
    }
    if (this.callsToday >= this.callsPerDay) {
      return this.error(request, 403, 10_023, 'User requests out of rate limit!');
    }
    return null;
  }

  private answerGrant(request: PlatformRequest): PlatformAnswer {
    const form = new URLSearchParams([...request.query, ...new URLSearchParams(request.body)]);
    const redirect = form.get('redirect_uri') ?? '';
    if (form.get('client_id') !== weiboApp.appKey || redirect !== weiboApp.redirectUri) {
      return this.error(request, 400, 21_322, 'redirect_uri_mismatch');
    }
    if (request.path === '/oauth2/authorize') {
      const back = new URL(redirect);
      back.searchParams.set('code', this.buildCode());
      const state = form.get('state');
      if (state !== null) back.searchParams.set('state', state);
      return { status: 302, headers: { Location: back.href }, body: '' };
    }
    if (request.path !== '/oauth2/access_token') return { status: 404, body: '' };
    if (form.get('client_secret') !== weiboApp.appSecret) {
      return this.error(request, 400, 21_324, 'invalid_client');
    }
    if (form.get('code') !== this.buildCode()) return this.error(request, 400, 21_325, 'invalid_grant');
    const { value } = this.grantToken();
    return jsonAnswer({
      access_token: value,
      remind_in: String(tokenSeconds),
      expires_in: tokenSeconds,
      uid: ownWeibo.uid,
      isRealName: 'true',
    });
  }

  /** Good once: the next grant has another. */
  private buildCode(): string {
    return createHash('sha256').update(`code ${this.grants}`).digest('hex').slice(0, 32);
  }

  private page<T extends { id: string }>(request: PlatformRequest, items: readonly T[]): T[] {
    const { query } = request;
    const since = Number(query.get('since_id') ?? '0');
    const max = Number(query.get('max_id') ?? '0') || idMax;
    const count = Math.min(
      100,
      Number(query.get('count') ?? (request.path.includes('comments') ? '50' : '20')),
    );
    const page = Number(query.get('page') ?? '1');
    return items
      .filter(({ id }) => Number(id) > since && Number(id) <= max)
      .slice((page - 1) * count, page * count);
  }

  private isAnotherAccount({ query }: PlatformRequest): boolean {
    const uid = query.get('uid');
    const name = query.get('screen_name');
    return (uid !== null && uid !== ownWeibo.uid) || (name !== null && name !== ownWeibo.name);
  }

  private answerTimeline(request: PlatformRequest): PlatformAnswer {
    if (this.isAnotherAccount(request)) {
      return this.error(request, 403, 10_014, 'Insufficient app permissions!');
    }
    const all = this.school.statuses();
    const shown = this.newestOnly === null ? all : all.slice(0, this.newestOnly);
    const trimmed = request.query.get('trim_user') === '1';
    const statuses = this.page(request, shown).map((status) =>
      platformStatus(status, this.school.remarks(status).length, trimmed),
    );
    return jsonAnswer({
      statuses,
      hasvisible: false,
      previous_cursor: 0,
      next_cursor: 0,
      total_number: all.length,
      interval: 0,
    });
  }

  private find(request: PlatformRequest): WeiboStatus | null {
    const status = this.school.find(request.query.get('id') ?? '');
    return status === 'gone' ? null : status;
  }

  private answerStatus(request: PlatformRequest): PlatformAnswer {
    const status = this.find(request);
    if (status === null) return this.error(request, 400, 20_101, 'target weibo does not exist!');
    return jsonAnswer(platformStatus(status, this.school.remarks(status).length, false));
  }

  private answerComments(request: PlatformRequest): PlatformAnswer {
    const status = this.find(request);
    if (status === null) return this.error(request, 400, 20_101, 'target weibo does not exist!');
    const all = this.school.remarks(status);
    const newest = [...all].reverse();
    const shown = this.page(request, newest);
    const last = newest.indexOf(shown.at(-1) ?? (newest[0] as (typeof newest)[number]));
    const next = shown.length === 0 ? undefined : newest[last + 1];
    return jsonAnswer({
      comments: shown.map((remark) => platformComment(remark, all, status)),
      hasvisible: false,
      previous_cursor: 0,
      next_cursor: next === undefined ? 0 : Number(next.id),
      total_number: all.length,
      interval: 0,
    });
  }

  /** What others said under any of the school's statuses. */
  private answerCommentsToMe(request: PlatformRequest): PlatformAnswer {
    const said = this.school.statuses().flatMap((status) => {
      const all = this.school.remarks(status);
      return all
        .filter(({ official }) => !official)
        .map((remark) => ({ id: remark.id, remark, all, status }));
    });
    said.sort((a, b) => Number(b.id) - Number(a.id));
    return jsonAnswer({
      comments: this.page(request, said).map(({ remark, all, status }) =>
        platformComment(remark, all, status),
      ),
      hasvisible: false,
      previous_cursor: 0,
      next_cursor: 0,
      total_number: said.length,
      interval: 0,
    });
  }
}
