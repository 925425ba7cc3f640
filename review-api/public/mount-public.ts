import { randomUUID } from 'node:crypto';
import express, { type Express, type Request, type Response } from 'express';
import { z } from 'zod';
import { countPublicFigures, type PublicFigures } from '../../pipeline/commands/public-figures.ts';
import { listCorrections, lookUpRequest, receiveRequest } from '../../pipeline/commands/public-requests.ts';
import { GuanlanError, InvalidInput, NotFound } from '../../pipeline/domain/errors.ts';
import { bucketHour } from '../../pipeline/domain/time.ts';
import { publicFields } from '../contract/public-request.ts';
import type { RouteDeps } from '../http/call.ts';
import { TooManyAttempts } from '../http/errors.ts';
import { describeIssue } from '../http/input-words.ts';
import { networkOf } from '../http/network-of.ts';
import { chargeRequest, perAddress } from '../http/request-limits.ts';
import { buildCurrentNotice } from '../present/notice.ts';
import { portsForReceiving } from '../routes/safeguards/public-requests.ts';
import { buildCorrectionsPage, buildFiguresPage, buildNoticePage, publicLinks } from './notice-page.ts';
import { publicPolicy } from './page-frame.ts';
import {
  buildReceivedPage,
  buildRequestPage,
  buildStatePage,
  type FormProblem,
  type Typed,
  trapField,
} from './request-page.ts';
import { englishProblems, type PublicLanguage, requestWords } from './request-words.ts';

const hourMs = 3_600_000;
/** Of one address; and of all together, so that nobody fills the desk. */
const limits = {
  request: { each: { limit: 5, windowMs: hourMs }, all: { limit: 200, windowMs: 24 * hourMs } },
  state: { each: { limit: 30, windowMs: hourMs }, all: { limit: 5000, windowMs: hourMs } },
} as const;

const links = publicLinks('');
const englishLinks = publicLinks('', 'en');
const Strings = z.record(z.string(), z.string());
const Form = z.object({ ...publicFields, formId: z.uuid() });

/** Pages for everybody: no login, no cookie, no script, nothing that tells one visitor from another (R13, R14). */
export function mountPublicPages(app: Express, deps: RouteDeps): void {
  const form = express.urlencoded({ extended: false, limit: '32kb', parameterLimit: 12, inflate: false });
  const figuresOf = openFigures(deps);
  app.use('/public', (request, response, next) => {
    const caller = `address ${networkOf(request.ip ?? 'unknown')}`;
    chargeRequest(response, deps.requestLimits, { caller, cost: 1, allowance: perAddress });
    next();
  });
  const page = (path: string, answer: (request: Request, response: Response) => Promise<string>) =>
    app.get(`/public/${path}`, async (request, response) => send(response, await answer(request, response)));
  page('notice', async () => buildNoticePage(await buildCurrentNotice(deps), links));
  page('corrections', async () =>
    buildCorrectionsPage(await listCorrections(deps), await buildCurrentNotice(deps), links),
  );
  page('figures', async (request) =>
    buildFiguresPage(await figuresOf(yearOf(request, deps)), await buildCurrentNotice(deps), links),
  );
  app.get('/public/request', async (request, response) => {
    const language = languageOf(request.query);
    const blank = { formId: randomUUID(), typed: {}, problems: [] };
    const html = buildRequestPage(blank, await buildCurrentNotice(deps), linksFor(language), language);
    // The blank form holds nothing of anybody; kept, so that going back after a failed send gives back what was typed.
    send(response, html, { caching: 'private, no-cache' });
  });
  app.post('/public/request', form, (request, response) => takeRequest(request, response, deps));
  app.post('/public/state', form, (request, response) => tellState(request, response, deps));
  app.get('/public/state', (_request, response) => response.redirect(303, 'request'));
}

function send(
  response: Response,
  html: string,
  { status = 200, caching = 'no-store' }: { status?: number; caching?: string } = {},
): void {
  response.status(status).type('html');
  response.set({ 'Content-Security-Policy': publicPolicy, 'Cache-Control': caching });
  response.send(html);
}

const WithLanguage = z.object({ lang: z.enum(['zh', 'en']).catch('zh') });
const languageOf = (given: unknown): PublicLanguage => WithLanguage.catch({ lang: 'zh' }).parse(given).lang;
const linksFor = (language: PublicLanguage) => (language === 'en' ? englishLinks : links);

function yearOf({ query }: Request, { clock }: RouteDeps): number {
  const now = Number(bucketHour(clock.now()).slice(0, 4));
  const asked = z.coerce.number().int().min(2020).max(now).safeParse(query.year);
  return asked.success ? asked.data : now;
}

const figuresLastMs = 600_000;

/** Counting takes a moment, and anybody may ask: what was counted is good for ten minutes. */
function openFigures(deps: RouteDeps): (year: number) => Promise<PublicFigures> {
  const known = new Map<number, { atMs: number; figures: Promise<PublicFigures> }>();
  return (year) => {
    const nowMs = Date.parse(deps.clock.now());
    const entry = known.get(year);
    if (entry !== undefined && nowMs - entry.atMs < figuresLastMs) return entry.figures;
    const figures = countPublicFigures(year, deps);
    known.set(year, { atMs: nowMs, figures });
    figures.catch(() => known.delete(year));
    return figures;
  };
}

async function charge(kind: keyof typeof limits, address: string, deps: RouteDeps): Promise<void> {
  const { rates } = deps.stores;
  const now = deps.clock.now();
  const { each, all } = limits[kind];
  const counting = [
    { name: `public ${kind} ${networkOf(address)}`, most: each },
    { name: `public ${kind}`, most: all },
  ];
  // One after the other: who is over their own limit takes nothing of everybody's.
  for (const { name, most } of counting) {
    const counted = await rates.charge(deps.digestName(name), now, most);
    if (counted.allowed) continue;
    const waitMs = Date.parse(counted.retryAt) - Date.parse(now);
    throw new TooManyAttempts(waitMs, '提交次数过多，请稍后再试。');
  }
}

/** Whatever was wrong, the form comes back with what was typed in it. */
async function takeRequest(request: Request, response: Response, deps: RouteDeps): Promise<void> {
  const typed: Typed = Strings.catch({}).parse(request.body);
  const frame = await buildCurrentNotice(deps);
  const language = languageOf(typed);
  try {
    if ((typed[trapField] ?? '') !== '') {
      throw new InvalidInput('form', '请把标有“请勿填写”的栏目清空后再提交。');
    }
    const parsed = Form.safeParse(typed, { error: describeIssue });
    if (!parsed.success) throw new WrongFields(parsed.error.issues);
    const { formId, ...fields } = parsed.data;
    await charge('request', request.ip ?? 'unknown', deps);
    const received = { ...fields, commandId: formId, door: 'form' as const };
    const { entry, code } = await receiveRequest(received, null, portsForReceiving(deps));
    const { number, facts } = entry;
    const told = { number, code, dueAt: facts.dueAt };
    send(response, buildReceivedPage(told, frame, linksFor(language), language));
  } catch (error) {
    const { problems, status } = describeFailure(error, language, response);
    const formId = z.uuid().safeParse(typed.formId).data ?? randomUUID();
    const again = { formId, typed, problems };
    send(response, buildRequestPage(again, frame, linksFor(language), language), { status });
  }
}

/** Every field that is wrong, each with the first thing that is wrong about it. */
class WrongFields extends Error {
  readonly problems: readonly FormProblem[];
  constructor(issues: readonly { path: readonly PropertyKey[]; message: string }[]) {
    super('填写有误。');
    const byField = new Map<string, FormProblem>();
    for (const { path, message } of issues) {
      const field = String(path[0] ?? 'form');
      if (!byField.has(field)) byField.set(field, { field, says: `${message}。` });
    }
    this.problems = [...byField.values()];
  }
}

const minuteMs = 60_000;
const inEnglish = ({ field }: FormProblem): FormProblem => ({
  field,
  says: englishProblems[field ?? 'form'] ?? englishProblems.form ?? '',
});

/** What may be told; anything else is a fault of ours and is not shown. */
function describeFailure(
  error: unknown,
  language: PublicLanguage,
  response: Response,
): { problems: FormProblem[]; status: number } {
  const words = requestWords[language];
  const told = (problems: readonly FormProblem[]) =>
    language === 'en' ? problems.map(inEnglish) : [...problems];
  if (error instanceof WrongFields) return { problems: told(error.problems), status: 400 };
  if (error instanceof InvalidInput) {
    const hint = error.hint === undefined ? '' : error.hint;
    return { problems: told([{ field: error.field, says: `${error.message}${hint}` }]), status: 400 };
  }
  if (error instanceof TooManyAttempts) {
    response.set('Retry-After', String(Math.ceil(error.delayMs / 1000)));
    const says = words.wait(Math.max(1, Math.ceil(error.delayMs / minuteMs)));
    return { problems: [{ field: null, says }], status: 429 };
  }
  if (error instanceof NotFound) {
    const says = language === 'en' ? 'No request has this number and code.' : error.message;
    return { problems: [{ field: null, says }], status: 404 };
  }
  if (error instanceof GuanlanError && error.code === 'conflict') {
    return { problems: [{ field: null, says: words.alreadySent }], status: 409 };
  }
  throw error;
}

async function tellState(request: Request, response: Response, deps: RouteDeps): Promise<void> {
  const { number = '', code = '', ...rest } = Strings.catch({}).parse(request.body);
  const frame = await buildCurrentNotice(deps);
  const language = languageOf(rest);
  try {
    await charge('state', request.ip ?? 'unknown', deps);
    const state = await lookUpRequest({ number, code }, deps);
    send(response, buildStatePage(state, frame, linksFor(language), language));
  } catch (error) {
    const { problems, status } = describeFailure(error, language, response);
    const problem = problems[0] ?? { field: null, says: '' };
    const fresh = { formId: randomUUID(), typed: {}, problems: [], lookUp: { number, code, problem } };
    send(response, buildRequestPage(fresh, frame, linksFor(language), language), { status });
  }
}
