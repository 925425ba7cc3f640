import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the answer of the CAS server is written, or what it is not. */
export type CasManner =
  | 'plain'
  | 'other-prefix'
  | 'default-namespace'
  | 'foreign-namespace'
  | 'document-type'
  | 'two-users'
  | 'no-xml'
  | 'too-long'
  | 'error-500'
  | 'not-there'
  | 'hangs';

interface Person {
  /** 工号: what CAS calls the person. */
  number: string;
  /** What 企业微信 calls the person; null for who is no member. */
  userid: string | null;
  attributes?: Record<string, readonly string[]>;
}

/** The school's sign-in and 企业微信, as their interfaces are documented. Everybody who asks is `control.person`, unasked. */
export interface IdentityServer {
  url: string;
  cas: string;
  wecom: { inApp: string; qr: string; api: string };
  corpId: string;
  secret: string;
  control: {
    person: Person | null;
    manner: CasManner;
    /** The next call of 企业微信 that shows a token is answered with this code. */
    wecomError: number | null;
  };
  /** What was asked for, path and query. */
  asked: string[];
  tokensGiven(): number;
  close(): Promise<void>;
}

const casNamespace = 'http://www.yale.edu/tp/cas';
const escapeXml = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`);

class Identities {
  readonly control: IdentityServer['control'] = {
    person: { number: '20190042', userid: 'ZhouWangShu' },
    manner: 'plain',
    wecomError: null,
  };
  readonly asked: string[] = [];
  readonly corpId = 'ww0123456789abcdef';
  readonly secret = 'wecom-app-secret';
  tokens = 0;
  private token = '';
  /** What each ticket or code was given out for; taken when it is shown. */
  private readonly tickets = new Map<string, { service: string; person: Person }>();
  private readonly codes = new Map<string, Person>();

  answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://identity.invalid');
    this.asked.push(`${url.pathname}${url.search}`);
    const routes: Record<string, (query: URLSearchParams, response: ServerResponse) => void> = {
      '/cas/login': (query, to) => this.login(query, to),
      '/cas/logout': (query, to) => redirect(to, query.get('service') ?? '/'),
      '/cas/p3/serviceValidate': (query, to) => this.validate(query, to, true),
      '/cas/serviceValidate': (query, to) => this.validate(query, to, false),
      '/connect/oauth2/authorize': (query, to) => this.authorise(query, to),
      '/wwlogin/sso/login': (query, to) => this.authorise(query, to),
      '/cgi-bin/gettoken': (query, to) => json(to, this.giveToken(query)),
      '/cgi-bin/auth/getuserinfo': (query, to) => json(to, this.tellMember(query)),
    };
    const route = routes[url.pathname];
    if (route === undefined) response.writeHead(404).end();
    else route(url.searchParams, response);
  }

  private login(query: URLSearchParams, response: ServerResponse): void {
    const service = query.get('service') ?? '';
    const { person } = this.control;
    if (person === null) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<h1>请登录</h1>');
      return;
    }
    const ticket = `ST-${this.tickets.size + 1}-${randomUUID()}`;
    this.tickets.set(ticket, { service, person });
    redirect(response, `${service}${service.includes('?') ? '&' : '?'}ticket=${ticket}`);
  }

  private validate(query: URLSearchParams, response: ServerResponse, withAttributes: boolean): void {
    const { manner } = this.control;
    if (manner === 'hangs') return;
    if (manner === 'error-500') return void response.writeHead(500).end('<h1>500</h1>');
    if (manner === 'not-there') return void response.writeHead(404).end();
    response.setHeader('content-type', 'application/xml;charset=UTF-8');
    if (manner === 'no-xml') return void response.end('<!-- <html><body>登录页面<p></body>');
    const ticket = query.get('ticket') ?? '';
    const known = this.tickets.get(ticket);
    this.tickets.delete(ticket);
    const service = query.get('service');
    if (service === null || ticket === '') return void response.end(failure('INVALID_REQUEST', '缺少参数'));
    if (known === undefined)
      return void response.end(failure('INVALID_TICKET', `未能够识别出目标 '${ticket}'票根`));
    if (known.service !== service) return void response.end(failure('INVALID_SERVICE', '票根不符合目标服务'));
    response.end(success(known.person, manner, withAttributes));
  }

  private authorise(query: URLSearchParams, response: ServerResponse): void {
    const back = new URL(query.get('redirect_uri') ?? 'http://nowhere.invalid/');
    const { person } = this.control;
    if (person !== null) {
      const code = randomUUID().replaceAll('-', '');
      this.codes.set(code, person);
      back.searchParams.set('code', code);
    }
    back.searchParams.set('state', query.get('state') ?? '');
    redirect(response, back.href);
  }

  private giveToken(query: URLSearchParams): object {
    if (query.get('corpid') !== this.corpId) return { errcode: 40013, errmsg: 'invalid corpid' };
    if (query.get('corpsecret') !== this.secret) return { errcode: 40001, errmsg: 'invalid credential' };
    this.tokens += 1;
    this.token = `token-${this.tokens}`;
    return { errcode: 0, errmsg: 'ok', access_token: this.token, expires_in: 7200 };
  }

  private tellMember(query: URLSearchParams): object {
    const { wecomError } = this.control;
    this.control.wecomError = null;
    if (wecomError !== null) return { errcode: wecomError, errmsg: 'simulated' };
    if (query.get('access_token') !== this.token) return { errcode: 40014, errmsg: 'invalid access_token' };
    const code = query.get('code') ?? '';
    const person = this.codes.get(code);
    this.codes.delete(code);
    if (person === undefined) return { errcode: 40029, errmsg: 'invalid code' };
    const who =
      person.userid === null
        ? { openid: 'oCANARYopenid0001' }
        : { userid: person.userid, user_ticket: 'USER_TICKET' };
    return { errcode: 0, errmsg: 'ok', ...who };
  }
}

function redirect(response: ServerResponse, to: string): void {
  response.writeHead(302, { location: to }).end();
}

function json(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=UTF-8' }).end(JSON.stringify(body));
}

function failure(code: string, says: string): string {
  return `<cas:serviceResponse xmlns:cas='${casNamespace}'>
    <cas:authenticationFailure code='${code}'>${escapeXml(says)}</cas:authenticationFailure>
</cas:serviceResponse>`;
}

function success({ number, attributes = {} }: Person, manner: CasManner, withAttributes: boolean): string {
  const prefix = manner === 'default-namespace' ? '' : manner === 'other-prefix' ? 'sso:' : 'cas:';
  const namespace = manner === 'foreign-namespace' ? 'http://evil.example/cas' : casNamespace;
  const declared = prefix === '' ? 'xmlns' : `xmlns:${prefix.slice(0, -1)}`;
  const element = (name: string, inside: string) => `<${prefix}${name}>${inside}</${prefix}${name}>`;
  const listed = Object.entries(attributes).flatMap(([name, values]) =>
    values.map((value) => element(name, escapeXml(value))),
  );
  const user = manner === 'document-type' ? '&who;' : escapeXml(number);
  const users = element('user', user) + (manner === 'two-users' ? element('user', 'admin') : '');
  const inside = `\n  ${users}${withAttributes ? element('attributes', listed.join('')) : ''}\n`;
  const doctype = manner === 'document-type' ? `<!DOCTYPE r [<!ENTITY who "${number}">]>` : '';
  const filler = manner === 'too-long' ? `<!--${'长'.repeat(200_000)}-->` : '';
  const body = element('authenticationSuccess', inside);
  return `<?xml version="1.0" encoding="UTF-8"?>${doctype}<${prefix}serviceResponse ${declared}="${namespace}">${filler}${body}</${prefix}serviceResponse>`;
}

/** On a free port. */
export async function startIdentityServer(): Promise<IdentityServer> {
  const identities = new Identities();
  const server = createServer((request, response) => identities.answer(request, response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    cas: `${url}/cas`,
    wecom: { inApp: `${url}/connect/oauth2/authorize`, qr: `${url}/wwlogin/sso/login`, api: url },
    corpId: identities.corpId,
    secret: identities.secret,
    control: identities.control,
    asked: identities.asked,
    tokensGiven: () => identities.tokens,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
