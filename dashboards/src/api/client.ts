import type { z } from 'zod';
import type { RouteName, RouteSpec, routes } from '../../../review-api/contract/routes.ts';
import { tabHeader, workbenchRoutes } from '../../../review-api/contract/workbench-routes.ts';
import { ApiError, ProblemParts, UnexpectedAnswer, Unreachable } from './api-error.ts';

type Routes = typeof routes;
type Part<N extends RouteName, K extends 'params' | 'query' | 'body'> = Routes[N][K] extends z.ZodType
  ? { [P in K]: z.input<Routes[N][K]> }
  : unknown;
/** Sent as it is, where a route takes a file. */
type FilePart<N extends RouteName> = Routes[N] extends { upload: object } ? { file: Blob } : unknown;
type RouteInput<N extends RouteName> = Part<N, 'params'> & Part<N, 'query'> & Part<N, 'body'> & FilePart<N>;
type RouteAnswer<N extends RouteName> = Routes[N]['answer'] extends z.ZodType
  ? z.output<Routes[N]['answer']>
  : null;

interface Parts {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
  file?: Blob;
}

interface Asked {
  byItself: boolean;
  signal?: AbortSignal;
}

export interface ClientOptions {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Called when a request that needs a session is answered with 401. */
  onSignedOut: () => void;
  /** Of this page load alone: a claim belongs to one tab. */
  tabId: string;
}

export interface Client {
  /**
   * @param asked `byItself`: by the page and not by a person, so it keeps no session alive; `signal`: cuts it off (Unreachable)
   * @throws ApiError (refused), Unreachable (no answer), UnexpectedAnswer (an answer of another shape)
   */
  call<N extends RouteName>(name: N, input: RouteInput<N>, asked?: Asked): Promise<RouteAnswer<N>>;
  /** Of a route whose answer is a file. @throws as `call` */
  download<N extends RouteName>(name: N, input: RouteInput<N>): Promise<Blob>;
  /** For what is sent while the page closes: no answer is waited for and no failure reported. */
  send<N extends RouteName>(name: N, input: RouteInput<N>): void;
  /** From the session's answer; goes with every request but GET. */
  setCsrfToken(token: string | null): void;
}

/** What the workbench asks is at hand; the rest of the contract comes when another page first asks something. */
const atHand: Partial<Record<string, RouteSpec>> = { ...workbenchRoutes };

/** @throws Unreachable where it cannot be fetched */
async function findRoute(name: RouteName): Promise<RouteSpec> {
  const known = atHand[name];
  if (known !== undefined) return known;
  try {
    const { routes: all } = await import('../../../review-api/contract/routes.ts');
    Object.assign(atHand, all);
    return all[name];
  } catch {
    throw new Unreachable();
  }
}

function fillPath(path: string, params: Record<string, unknown> = {}): string {
  return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name] ?? '')));
}

function formatQuery(query: Record<string, unknown> = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  if (given.length === 0) return '';
  return `?${new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString()}`;
}

function buildRequest(spec: RouteSpec, parts: Parts, sender: { csrfToken: string | null; tabId: string }) {
  const { csrfToken, tabId } = sender;
  const headers: Record<string, string> = { accept: 'application/json', [tabHeader]: tabId };
  if (spec.method !== 'get' && csrfToken !== null) headers['x-csrf-token'] = csrfToken;
  const init: RequestInit = { method: spec.method.toUpperCase(), headers, credentials: 'same-origin' };
  if (spec.body !== null) {
    headers['content-type'] = 'application/json';
    init.body = JSON.stringify(parts.body ?? {});
  }
  if (parts.file !== undefined) {
    headers['content-type'] = 'application/octet-stream';
    init.body = parts.file;
  }
  return { url: fillPath(spec.path, parts.params) + formatQuery(parts.query), headers, init };
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

async function readRefusal(response: Response): Promise<ApiError> {
  const problem = ProblemParts.safeParse(await readJson(response));
  return new ApiError(response.status, problem.success ? problem.data : {});
}

async function parseAnswer(spec: RouteSpec, response: Response): Promise<unknown> {
  if (spec.answer === null) return null;
  const parsed = spec.answer.safeParse(await readJson(response));
  if (!parsed.success) throw new UnexpectedAnswer();
  return parsed.data;
}

/** The one way to the API. Every answer passes the contract's schema before anything is shown. */
export function createClient(options: ClientOptions): Client {
  const { tabId } = options;
  let csrfToken: string | null = null;

  async function reach(url: string, init: RequestInit): Promise<Response> {
    try {
      return await options.fetch(url, init);
    } catch {
      throw new Unreachable();
    }
  }

  async function ask(spec: RouteSpec, parts: Parts, asked: Asked): Promise<Response> {
    const { url, headers, init } = buildRequest(spec, parts, { csrfToken, tabId });
    if (asked.byItself) headers['x-guanlan-background'] = '1';
    if (asked.signal !== undefined) init.signal = asked.signal;
    const response = await reach(url, init);
    if (response.ok) return response;
    const refusal = await readRefusal(response);
    if (refusal.status === 401 && spec.action !== 'public') options.onSignedOut();
    throw refusal;
  }

  return {
    async call<N extends RouteName>(name: N, input: RouteInput<N>, asked: Asked = { byItself: false }) {
      const spec = await findRoute(name);
      return (await parseAnswer(spec, await ask(spec, input as Parts, asked))) as RouteAnswer<N>;
    },
    async download<N extends RouteName>(name: N, input: RouteInput<N>) {
      const response = await ask(await findRoute(name), input as Parts, { byItself: false });
      return await response.blob();
    },
    send<N extends RouteName>(name: N, input: RouteInput<N>) {
      const spec = atHand[name];
      // What was never asked before has nothing to give back.
      if (spec === undefined) return;
      const { url, init } = buildRequest(spec, input as Parts, { csrfToken, tabId });
      reach(url, { ...init, keepalive: true }).catch(() => {
        // The page is going; a claim that is not freed here runs out by itself.
      });
    },
    setCsrfToken(token) {
      csrfToken = token;
    },
  };
}
